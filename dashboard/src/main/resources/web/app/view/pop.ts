// A button that opens a small panel below itself. Esc or a press elsewhere closes it; the focus goes back to the button.

import {LitElement, html, nothing} from 'lit';

export class AssayPop extends LitElement {
  static override properties = {face: {attribute: false}, panel: {attribute: false}, name: {}, plain: {type: Boolean}, open: {state: true}};

  declare face: unknown;
  declare panel: (close: () => void) => unknown;
  declare name: string;
  declare plain: boolean;
  declare private open: boolean;

  constructor() {
    super();
    this.open = false;
    this.plain = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.onKey);
    this.addEventListener('focusout', this.onFocusOut);
    document.addEventListener('pointerdown', this.onPointer);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.onPointer);
  }

  protected override render() {
    return html`
      <button class="btn pick ${this.plain ? 'plain' : ''}" type="button" aria-haspopup="dialog" aria-expanded=${this.open ? 'true' : 'false'}
        @click=${() => (this.open = !this.open)}>${this.face}</button>
      ${this.open ? html`<div class="panel" role="dialog" aria-label=${this.name}>${this.panel(this.close)}</div>` : nothing}`;
  }

  private readonly close = (): void => {
    this.open = false;
    this.querySelector('button')?.focus();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.open) return;
    event.stopPropagation();
    this.close();
  };

  private readonly onFocusOut = (event: FocusEvent): void => {
    const next = event.relatedTarget as Node | null;
    if (next && !this.contains(next)) this.open = false;
  };

  private readonly onPointer = (event: PointerEvent): void => {
    if (!this.contains(event.target as Node)) this.open = false;
  };
}

customElements.define('assay-pop', AssayPop);
