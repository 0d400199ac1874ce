// Small line drawings on a 16 by 16 grid. They repeat what a word beside them says, so they are hidden from readers.

import {svg, type SVGTemplateResult} from 'lit';

const SHAPES: Record<string, SVGTemplateResult> = {
  overview: svg`<path d="M2.5 3.5a1 1 0 011-1h2.600a1 1 0 011 1v4.200a1 1 0 01-1 1H3.500a1 1 0 01-1-1zM9 8.300a1 1 0 011-1h2.600a1 1 0 011 1v4.200a1 1 0 01-1 1H10a1 1 0 01-1-1zM2.500 11.500h4.600v2H2.500zM9 2.500h4.600v2H9z"/>`,
  ops: svg`<path d="M1.800 8.500h3l2-5.200 2.800 9.400 2-4.200h2.600"/>`,
  quality: svg`<path d="M8 1.900l5 1.900v3.800c0 3.200-2.100 5.400-5 6.500-2.900-1.100-5-3.300-5-6.500V3.800z"/><path d="M5.700 8l1.700 1.700 3-3.200"/>`,
  cost: svg`<circle cx="8" cy="8" r="6"/><path d="M10 6c-.3-.8-1-1.200-2-1.200-1.200 0-2 .6-2 1.500 0 2.200 4.100 1.100 4.100 3.400 0 1-.9 1.600-2.100 1.600-1.100 0-1.900-.5-2.200-1.400M8 3.700v1.100M8 11.300v1"/>`,
  users: svg`<circle cx="6" cy="5.500" r="2.400"/><path d="M1.800 13c.3-2.500 2-3.900 4.200-3.900s3.900 1.400 4.200 3.900M10.500 3.300a2.300 2.300 0 010 4.400M12 9.500c1.300.5 2.100 1.700 2.300 3.300"/>`,
  alert: svg`<path d="M4 7a4 4 0 018 0c0 3 1.300 3.900 1.300 3.900H2.700S4 10 4 7zM6.600 13.200a1.500 1.500 0 002.800 0"/>`,
  chart: svg`<path d="M2.500 2.500v11h11M5 10l2.600-3.200 2.200 1.700 3.400-4.300"/>`,
  list: svg`<path d="M6 4h7.500M6 8h7.500M6 12h7.500M2.700 4h.01M2.700 8h.01M2.700 12h.01"/>`,
  share: svg`<path d="M2.500 5h11v2.500h-11zM2.500 10.500h7V13h-7z"/>`,
  code: svg`<path d="M5.500 4.500L2 8l3.500 3.500M10.500 4.500L14 8l-3.500 3.500"/>`,
  chev: svg`<path d="M4.500 6.500L8 10l3.500-3.500"/>`,
  check: svg`<circle cx="8" cy="8" r="6.200" class="solid"/><path d="M5.200 8.200l2 2 3.700-4" class="cut-out"/>`,
  cross: svg`<path d="M8 1.600l6.400 6.400L8 14.400 1.600 8z" class="solid"/><path d="M6.200 6.200l3.600 3.600M9.800 6.200l-3.600 3.600" class="cut-out"/>`,
  close: svg`<circle cx="8" cy="8" r="5.600"/><path d="M5.400 8.600c.8-1.300 1.700-1.300 2.600-.6s1.800.7 2.600-.6"/>`,
  unk: svg`<circle cx="8" cy="8" r="5.800" stroke-dasharray="2.200 2.200"/><path d="M6.300 6.500c.1-1 .8-1.600 1.800-1.600s1.700.6 1.700 1.500c0 1.300-1.700 1.300-1.700 2.600M8 11h.01"/>`,
  none: svg`<circle cx="8" cy="8" r="5.800"/><path d="M5.500 8h5"/>`,
  crit: svg`<path d="M5.300 1.500h5.400l3.800 3.800v5.400l-3.800 3.800H5.300l-3.800-3.800V5.300z" class="solid"/><path d="M8 4.700v4M8 11.200h.01" class="cut-out"/>`,
  high: svg`<path d="M8 1.700l6.700 12.100H1.300z" class="solid"/><path d="M8 6.200v3.300M8 11.600h.01" class="cut-out"/>`,
  med: svg`<circle cx="8" cy="8" r="6"/><path d="M8 5v3.500M8 11h.01"/>`,
  clock: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.700V8l2.300 1.500"/>`,
  light: svg`<circle cx="8" cy="8" r="2.800"/><path d="M8 1.500v1.300M8 13.200v1.300M1.500 8h1.300M13.200 8h1.300M3.400 3.400l.9.9M11.700 11.700l.9.9M3.400 12.600l.9-.9M11.700 4.300l.9-.9"/>`,
  dark: svg`<path d="M13.200 9.700A5.700 5.700 0 016.300 2.800a5.700 5.700 0 106.900 6.900z"/>`,
  auto: svg`<circle cx="8" cy="8" r="5.800"/><path d="M8 2.200v11.600a5.800 5.800 0 000-11.600z" fill="currentColor"/>`,
  menu: svg`<path d="M2.500 4.500h11M2.500 8h11M2.500 11.500h11"/>`,
  link: svg`<path d="M6.700 9.300l2.600-2.600M7.300 4.600l1.200-1.200a2.900 2.900 0 014.100 4.100l-1.200 1.200M8.700 11.400l-1.200 1.200a2.900 2.900 0 01-4.100-4.100l1.200-1.200"/>`,
  down: svg`<path d="M8 2.500v7.500M4.800 7L8 10.200 11.200 7M2.800 13.300h10.400"/>`,
  x: svg`<path d="M4 4l8 8M12 4l-8 8"/>`,
  copy: svg`<rect x="5.500" y="5.500" width="8" height="8" rx="1.500"/><path d="M10.500 5.500V4A1.500 1.500 0 009 2.500H4A1.500 1.500 0 002.500 4v5A1.500 1.500 0 004 10.500h1.500"/>`,
  filter: svg`<path d="M2 3.500h12L9.500 9v4.500L6.500 12V9z"/>`,
  retry: svg`<path d="M13.500 8a5.500 5.500 0 11-1.700-4M13.500 2v3h-3"/>`,
  tick: svg`<path d="M3.500 8.500l3 3 6-6.500"/>`,
};

export function icon(name: string, small = false): SVGTemplateResult | unknown {
  return svg`<svg class="i ${small ? 's' : ''}" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[name]}</svg>`;
}

export const LOGO = svg`<svg viewBox="0 0 22 22" aria-hidden="true"><rect width="22" height="22" rx="6" fill="#1c2230"/><path d="M4.500 16.200L17 4.800" fill="none" stroke="#e3b341" stroke-width="3" stroke-linecap="round"/><path d="M9.200 17.600l5.600-5.100" fill="none" stroke="#e3b341" stroke-width="1.600" stroke-linecap="round" opacity=".55"/></svg>`;
