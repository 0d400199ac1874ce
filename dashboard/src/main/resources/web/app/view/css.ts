// Sets style properties on an element. Lit's own styleMap writes a style attribute, which the page's content policy forbids.

import {nothing} from 'lit';
import {directive, Directive, type ElementPart} from 'lit/directive.js';

class SetProperties extends Directive {
  render(_properties: Record<string, string>) {
    return nothing;
  }

  override update(part: ElementPart, [properties]: [Record<string, string>]) {
    const style = (part.element as HTMLElement).style;
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
    return nothing;
  }
}

export const css = directive(SetProperties);
