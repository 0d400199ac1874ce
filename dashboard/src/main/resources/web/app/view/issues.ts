// What feedback complains about, most first, against the period before.

import {html, nothing} from 'lit';
import type {Issue, Issues, Part} from '../data/types';
import {href, type ViewState} from '../state/view-state';
import {count, percent} from '../format/number';
import {words} from './alert-strip';
import {css} from './css';

const SHOWN = 5;

export function issues(part: Part<Issues>, view: ViewState) {
  const items = [...(part.data?.items ?? [])].filter(item => item.count > 0).sort((a, b) => b.count - a.count);
  const reports = items.reduce((sum, item) => sum + item.count, 0);
  const most = items[0]?.count ?? 1;
  const read = part.data?.feedback;
  const of = read ? ` in ${count(read)} ${read === 1 ? 'piece' : 'pieces'} of feedback` : '';
  return html`<section class="card" id="issues" aria-labelledby="issues-h">
    <header><h2 id="issues-h">Top issues<span class="sub">${reports ? `${count(reports)} reports${of}` : nothing}</span></h2></header>
    ${items.length === 0
      ? html`<p class="hollow">No issue was reported in feedback in this range.</p>`
      : html`<ol class="rank">${items.slice(0, SHOWN).map((item, i) => html`<li data-issue=${item.issue} data-value=${item.count}>
          <span class="q">${i + 1}</span>
          <span><a class="med" href=${href(view, {kpi: '', show: `issue:${item.issue}`})} data-go>${words(item.issue)}</a><span class="meter" aria-hidden="true"><i ${css({width: `${(100 * item.count) / most}%`})}></i></span></span>
          <span class="r strong">${count(item.count)}</span>
          <span class="r">${moved(item)}</span></li>`)}</ol>`}
  </section>`;
}

/** What the comments behind one issue say. */
export function issueDetails(part: Part<Issues>, name: string) {
  const item = part.data?.items.find(one => one.issue === name);
  if (!part.ok || !item) return html`<p class="hollow">${part.error ?? 'Not reported in this range.'}</p>`;
  const share = (n: number, all: number | undefined) => (all ? ` (${percent(n / all, 1)} of feedback)` : '');
  return html`<div class="issue">
    <dl class="stats">
      <div><dt>Reports</dt><dd>${count(item.count)}${share(item.count, part.data?.feedback)}</dd></div>
      <div><dt>Period before</dt><dd>${item.previous === null ? 'not known' : count(item.previous) + share(item.previous, part.data?.previous_feedback)}</dd></div>
      <div><dt>Change</dt><dd>${moved(item)}</dd></div></dl>
    <h3>Examples</h3>
    ${item.examples?.length ? html`<ul class="quotes">${item.examples.map(text => html`<li>${text}</li>`)}</ul>` : html`<p class="q2">No text was given with these reports.</p>`}
  </div>`;
}

export function moved(item: Issue) {
  const before = item.previous;
  if (before === null || before === undefined) return html`<span class="chg flat">nothing to compare</span>`;
  if (before === item.count) return html`<span class="chg flat">no change</span>`;
  const up = item.count > before;
  const amount = before === 0 ? 'new' : percent(Math.abs(item.count / before - 1), 0);
  const clear = item.change_significant === true;
  const word = !clear ? 'unclear' : up ? 'worse' : 'better';
  return html`<span class="chg ${clear ? (up ? 'bad' : 'good') : 'flat'}"><i aria-hidden="true">${up ? '▲' : '▼'}</i><span class="sr">${up ? 'up ' : 'down '}</span>${amount} ${word}</span>`;
}
