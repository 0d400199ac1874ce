// Light, dark, or as the system. The choice is applied before the first paint by /theme.js; here it is changed.

export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'assay-theme';

export function theme(): Theme {
  return (document.documentElement.dataset.theme as Theme) || 'auto';
}

export function nextTheme(): Theme {
  const next = ({auto: 'light', light: 'dark', dark: 'auto'} as const)[theme()];
  if (next === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    if (next === 'auto') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // storage is off: the choice holds for this page only
  }
  dispatchEvent(new Event('assay-theme'));
  return next;
}

/** Calls back whenever colours may have changed. */
export function onThemeChange(redraw: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  addEventListener('assay-theme', redraw);
  system.addEventListener('change', redraw);
  return () => {
    removeEventListener('assay-theme', redraw);
    system.removeEventListener('change', redraw);
  };
}
