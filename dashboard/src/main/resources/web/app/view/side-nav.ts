// The ways through the page. Only what exists has an entry.

import {html, nothing} from 'lit';
import {href, scopeQuery, type ViewState} from '../state/view-state';
import {icon, LOGO} from './icons';

export function sideNav(view: ViewState, openAlerts: number, menuOpen: boolean, sections: boolean) {
  const here = href(view, {kpi: '', show: ''});
  return html`<nav class="nav ${menuOpen ? 'open' : ''}" id="nav" aria-label="Pages"><div>
    <a class="brand" href=${here}>${LOGO}Assay</a>
    <a class="n" href=${here} aria-current="page">${icon('overview')}Overview</a>
    ${sections ? html`<h3>On this page</h3>
      <a class="n" href="#figures">${icon('ops')}Key figures</a>
      <a class="n" href="#daily-cost">${icon('chart')}Daily cost</a>
      <a class="n" href="#issues">${icon('list')}Top issues</a>
      <a class="n" href="#models">${icon('share')}Models</a>` : nothing}
    <h3>Act</h3>
    <a class="n" href=${href(view, {kpi: '', show: 'alerts'})} data-go>${icon('alert')}Alerts${openAlerts
      ? html`<span class="count">${openAlerts}<span class="sr"> open alerts</span></span>` : nothing}</a>
    <div class="end"><a class="n" href="/api/overview?${scopeQuery(view)}">${icon('code')}This page as JSON</a></div>
  </div></nav>`;
}
