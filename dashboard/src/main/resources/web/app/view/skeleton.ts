// What stands where figures will be. It has the size of what comes, and is seen only when loading takes long enough to notice.

import {html, nothing} from 'lit';
import {COLUMNS} from '../kpi/catalogue';
import {icon} from './icons';

export function skeletonPage() {
  return html`
    <div class="strip-space"></div>
    <div class="cols" aria-busy="true">${COLUMNS.map(column => html`<section class="card col" aria-label="${column.name}, loading">
      <h2><span>${icon(column.icon)}${column.name}</span>${bone('w60')}</h2>
      ${column.kpis.map(() => html`<div class="kpi">${bone('w72')}${bone('w44 end')}${bone('w96 tall24')}${bone('w104 tall28 end')}${bone('w84')}${bone('w64 end')}${bone('w170 line')}</div>`)}
    </section>`)}</div>
    ${skeletonCard('Daily cost', 'daily-cost', true)}
    <div class="grid g12">${skeletonCard('Top issues', 'issues')}${skeletonCard('Models', 'models')}</div>`;
}

function skeletonCard(title: string, id: string, tall = false) {
  return html`<section class="card block" id=${id} aria-busy="true" aria-label="${title}, loading"><header><h2>${title}</h2></header>
    <div class="body">${tall ? html`<div class="stats">${bone('w56 tall30')}${bone('w56 tall30')}${bone('w56 tall30')}${bone('w84 tall30')}</div>` : nothing}
      ${bone(tall ? 'plate tall292' : 'plate tall180')}</div></section>`;
}

function bone(sizes: string) {
  return html`<i class="sk ${sizes}"></i>`;
}
