// Project, environment, app and range; how old the data is; the theme.

import {html, nothing} from 'lit';
import type {Choices} from '../data/types';
import {nextTheme, theme} from '../state/theme';
import {href, type ViewState} from '../state/view-state';
import type {Age} from './age';
import {icon, LOGO} from './icons';
import {rangeLabel, rangePanel, type Go, type Resolved} from './range-panel';
import './pop';

export interface BarModel {
  view: ViewState;
  project: string;
  generated: boolean;
  choices: Choices | null;
  resolved: Resolved | null;
  age: Age | null;
  menuOpen: boolean;
}

const THEMES = {auto: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark'};

export function topBar(model: BarModel, go: Go, redraw: () => void, toggleMenu: () => void) {
  const {view, choices} = model;
  return html`<header class="bar">
    <button class="btn icon ghost burger" type="button" aria-label="Menu" aria-expanded=${model.menuOpen ? 'true' : 'false'} aria-controls="nav" @click=${toggleMenu}>${icon('menu')}</button>
    <a class="brand" href=${href(view, {kpi: '', show: ''})}>${LOGO}<span>Assay</span></a>
    <div class="row scope" role="group" aria-label="Scope">
      <assay-pop plain name="Project" .face=${html`<span class="sr">Project: </span><span class="cut">${model.project || '…'}</span>${icon('chev', true)}`}
        .panel=${(close: () => void) => projectPanel(model, go, close)}></assay-pop>
      <span class="slash" aria-hidden="true">/</span>
      ${select('Environment', 'All environments', view.environment, choices?.environments, environment => go({environment}))}
      <span class="slash" aria-hidden="true">/</span>
      ${select('App', 'All apps', view.app, choices?.apps, app => go({app}))}
    </div>
    ${model.generated ? html`<span class="tag" title="This project holds generated data">Generated data</span>` : nothing}
    <span class="grow gap"></span>
    ${model.age ? ageOf(model.age) : nothing}
    <div class="row when">
      <assay-pop name="Range" .face=${html`${icon('clock', true)}<span>${rangeLabel(view)}</span>${icon('chev', true)}`}
        .panel=${(close: () => void) => rangePanel(view, model.resolved, go, close)}></assay-pop>
    </div>
    <button class="btn icon ghost theme" type="button" aria-label=${THEMES[theme()]} title=${THEMES[theme()]}
      @click=${() => { nextTheme(); redraw(); }}>${icon(theme())}</button>
  </header>`;
}

function ageOf(age: Age) {
  return html`<span class="age ${age.stale ? 'warn' : ''}" title=${age.title}>
    <span class="dot ${age.stale ? 'warn' : age.quiet ? 'quiet' : ''}"></span>
    <span><span class="long">${age.long}</span>${age.short}</span></span>
    <span class="sr" role="status">${age.stale ? 'The data is stale' : ''}</span>`;
}

function select(name: string, all: string, value: string, known: string[] | null | undefined, pick: (value: string) => void) {
  const options = [...new Set([...(known ?? []), ...(value ? [value] : [])])].sort();
  return html`<label class="select"><span class="sr">${name}</span>
    <select .value=${value} @change=${(event: Event) => pick((event.target as HTMLSelectElement).value)}>
      <option value="" ?selected=${value === ''}>${all}</option>
      ${options.map(option => html`<option value=${option} ?selected=${option === value}>${option}</option>`)}
    </select>${icon('chev', true)}</label>`;
}

function projectPanel(model: BarModel, go: Go, close: () => void) {
  const projects = model.choices?.projects ?? (model.project ? [model.project] : []);
  const open = (project: string) => {
    close();
    go({project, app: '', environment: '', model: ''});
  };
  return html`
    <ul class="choices">
      ${projects.map(project => html`<li><button type="button" class="choice" aria-pressed=${project === model.project ? 'true' : 'false'}
        @click=${() => open(project)}>${project}${project === model.project ? icon('tick', true) : nothing}</button></li>`)}
    </ul>
    <form class="custom" novalidate @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const field = (event.target as HTMLFormElement).elements.namedItem('project') as HTMLInputElement;
      const valid = /^[a-z0-9-]{1,40}$/.test(field.value);
      ((event.target as HTMLFormElement).querySelector('.wrong') as HTMLElement).textContent = valid ? '' : 'Small letters, digits and hyphens, at most 40.';
      if (valid) open(field.value);
    }}>
      <label class="field">Another project, by its id<input class="inp" name="project" autocomplete="off" spellcheck="false"></label>
      <p class="wrong" role="alert"></p>
      <button class="btn" type="submit">Open project</button>
    </form>`;
}
