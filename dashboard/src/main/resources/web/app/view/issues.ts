// What feedback complains about, most first, against the period before.

import {html, nothing} from 'lit';
import type {Issue, Part} from '../data/types';
import {count, percent} from '../format/number';
import {words} from './alert-strip';
import {css} from './css';

const SHOWN = 5;

export function issues(part: Part<{items: Issue[]}>, ratings: number | null) {
  const items = [...(part.data?.items ?? [])].filter(item => item.count > 0).sort((a, b) => b.count - a.count);
  const reports = items.reduce((sum, item) => sum + item.count, 0);
  const most = items[0]?.count ?? 1;
  const of = ratings ? ` in ${count(ratings)} ratings` : '';
  return html`<section class="card" id="issues" aria-labelledby="issues-h">
    <header><h2 id="issues-h">Top issues<span class="sub">${reports ? `${count(reports)} reports${of}` : nothing}</span></h2></header>
    ${items.length === 0
      ? html`<p class="hollow">No issue was reported in feedback in this range.</p>`
      : html`<ol class="rank">${items.slice(0, SHOWN).map((item, i) => html`<li data-issue=${item.issue} data-value=${item.count}>
          <span class="q">${i + 1}</span>
          <span><span class="med">${words(item.issue)}</span><span class="meter" aria-hidden="true"><i ${css({width: `${(100 * item.count) / most}%`})}></i></span></span>
          <span class="r strong">${count(item.count)}</span>
          <span class="r">${moved(item)}</span></li>`)}</ol>`}
  </section>`;
}

function moved(item: Issue) {
  const before = item.previous;
  if (before === null || before === undefined) return html`<span class="chg flat">nothing to compare</span>`;
  if (before === item.count) return html`<span class="chg flat">no change</span>`;
  const up = item.count > before;
  const amount = before === 0 ? 'new' : percent(Math.abs(item.count / before - 1), 0);
  const clear = item.change_significant === true;
  const word = !clear ? 'unclear' : up ? 'worse' : 'better';
  return html`<span class="chg ${clear ? (up ? 'bad' : 'good') : 'flat'}"><i aria-hidden="true">${up ? '▲' : '▼'}</i><span class="sr">${up ? 'up ' : 'down '}</span>${amount} ${word}</span>`;
}
