// A panel at the right edge for what a figure is made of. Modal: Esc closes it, and the focus goes back to where it was.

import {LitElement, html} from 'lit';
import {createRef, ref} from 'lit/directives/ref.js';
import {icon} from './icons';

export class AssayDrawer extends LitElement {
  static override properties = {open: {type: Boolean}, heading: {attribute: false}, content: {attribute: false}, dismiss: {attribute: false}};

  declare open: boolean;
  declare heading: unknown;
  declare content: unknown;
  declare dismiss: () => void;
  private readonly dialog = createRef<HTMLDialogElement>();

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    return html`<dialog class="drawer" aria-labelledby="drawer-h" ${ref(this.dialog)} @cancel=${this.onCancel} @click=${this.onClick}>
      <div class="drawer-body">
        <header class="drawer-head"><h2 id="drawer-h">${this.heading}</h2>
          <button class="btn icon ghost" type="button" aria-label="Close" @click=${() => this.dismiss()}>${icon('x')}</button></header>
        ${this.open ? this.content : ''}
      </div></dialog>`;
  }

  protected override updated(): void {
    const dialog = this.dialog.value;
    if (!dialog || this.open === dialog.open) return;
    if (this.open) dialog.showModal();
    else dialog.close();
  }

  private readonly onCancel = (event: Event): void => {
    event.preventDefault();
    this.dismiss();
  };

  private readonly onClick = (event: MouseEvent): void => {
    if (event.target === this.dialog.value) this.dismiss();
  };
}

customElements.define('assay-drawer', AssayDrawer);
