// Colours of the charts, read from the design tokens, and given to models in the order in which they are first seen.

const NAMED = 6;
const given = new Map<string, string>();

/** The custom property of a model's colour. A model keeps its colour; the seventh and later share one. */
export function modelColour(model: string): string {
  let colour = given.get(model);
  if (!colour) {
    colour = given.size < NAMED ? `--chart-${given.size + 1}` : '--chart-other';
    given.set(model, colour);
  }
  return `var(${colour})`;
}

let probe: HTMLElement | null = null;

/**
 * Reads design tokens as they are now, for what draws itself. A colour token holds a light and a dark value; an element
 * that uses it knows which of the two holds.
 */
export function tokens(): (name: string) => string {
  if (!probe) {
    probe = document.createElement('span');
    probe.hidden = true;
    document.body.append(probe);
  }
  const user = probe;
  const style = getComputedStyle(user);
  const known = new Map<string, string>();
  return name => {
    let value = known.get(name);
    if (value === undefined) {
      user.style.color = `var(--${name})`;
      value = name === 'font' ? style.getPropertyValue('--font').trim() : style.color;
      known.set(name, value);
    }
    return value;
  };
}
