// The page: holds what is known, and puts its parts together.

import {LitElement, html, nothing} from 'lit';
import {costSummary} from './data/cost-summary';
import {readChoices} from './data/client';
import {calls} from './data/lookup';
import type {Choices, Overview} from './data/types';
import {count} from './format/number';
import {range, span} from './format/time';
import {COLUMNS, findKpi} from './kpi/catalogue';
import {Feed} from './state/feed';
import {KeptParts} from './state/kept';
import {endsNow, href, readView, scopeQuery, type ViewState} from './state/view-state';
import {ageOf} from './view/age';
import {alertDetails} from './view/alert-details';
import {alertStrip, openAlerts, words} from './view/alert-strip';
import {dailyCost} from './view/daily-cost';
import {firstCall, neverUsed, nothingHere} from './view/empty';
import {exportCsv} from './view/export';
import {failed} from './view/failed';
import {icon} from './view/icons';
import {issueDetails, issues} from './view/issues';
import {kpiColumn} from './view/kpi-column';
import {models} from './view/models';
import {sideNav} from './view/side-nav';
import {skeletonPage} from './view/skeleton';
import {topBar} from './view/top-bar';
import './chart/chart';
import './view/details';
import './view/drawer';

const CHOICES_MS = 60_000;
const TICK_MS = 5_000;
/** The project that the demonstration writes into. */
const GENERATED = 'demo';

class AssayOverview extends LitElement {
  static override properties = {view: {state: true}, overview: {state: true}, choices: {state: true}, trouble: {state: true}, asTable: {state: true}, menuOpen: {state: true}, said: {state: true}};

  declare private view: ViewState;
  declare private overview: Overview | null;
  declare private choices: Choices | null;
  declare private trouble: {sentence: string; refused: boolean} | null;
  declare private asTable: boolean;
  declare private menuOpen: boolean;
  declare private said: string;
  private readonly kept = new KeptParts();
  private readonly standIns = new Set<string>();
  private readonly feed = new Feed(this);
  private lastAnswer = new Date();
  private clockAhead = 0;
  /** since when ingest has had records waiting in every answer */
  private behindSince: Date | null = null;

  constructor() {
    super();
    this.view = readView();
    this.overview = null;
    this.choices = null;
    this.trouble = null;
    this.asTable = false;
    this.menuOpen = false;
    this.said = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('popstate', () => this.look(readView()));
    addEventListener('keydown', event => {
      if (event.key === 'Escape') this.menuOpen = false;
    });
    this.addEventListener('click', this.onClick);
    setInterval(() => this.requestUpdate(), TICK_MS);
    setInterval(() => void this.loadChoices(), CHOICES_MS);
    this.feed.watch(scopeQuery(this.view), endsNow(this.view));
    void this.loadChoices();
  }

  onOverview(overview: Overview): void {
    this.kept.note(overview);
    for (const name of this.standIns) {
      if (overview.parts[name as keyof Overview['parts']]?.ok) this.standIns.delete(name);
    }
    this.lastAnswer = new Date(overview.served_at);
    this.clockAhead = this.lastAnswer.getTime() - Date.now();
    const waiting = overview.parts.status.data?.lag?.records;
    if (waiting === 0) this.behindSince = null;
    else if (waiting && !this.behindSince) this.behindSince = this.lastAnswer;
    this.trouble = null;
    this.overview = overview;
  }

  onFailure(sentence: string, refused: boolean): void {
    this.trouble = {sentence, refused};
  }

  private now(): Date {
    return new Date(Date.now() + this.clockAhead);
  }

  private readonly go = (changes: Partial<ViewState>): void => {
    history.pushState(null, '', href(this.view, changes));
    this.look(readView());
  };

  private look(next: ViewState): void {
    const before = scopeQuery(this.view);
    const scope = scopeQuery(next);
    const otherProject = next.project !== this.view.project;
    this.view = next;
    this.menuOpen = false;
    if (scope === before) return;
    this.kept.forget();
    this.standIns.clear();
    this.overview = null;
    this.trouble = null;
    this.feed.watch(scope, endsNow(next));
    if (otherProject) {
      this.choices = null;
      void this.loadChoices();
    }
  }

  /** Links within the page change the view without loading it anew; with a modifier key they are links like any other. */
  private readonly onClick = (event: MouseEvent): void => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-go]');
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, '', link.getAttribute('href'));
    this.look(readView());
  };

  private async loadChoices(): Promise<void> {
    const project = this.view.project;
    try {
      const choices = await readChoices(project ? `project=${encodeURIComponent(project)}` : '');
      if (project === this.view.project) this.choices = choices;
    } catch {
      // the pickers keep what they have; the overview says what is wrong
    }
  }

  private readonly say = (what: string): void => {
    this.said = what;
    setTimeout(() => (this.said = ''), 4000);
  };

  private readonly copy = (text: string, what: string): void => {
    navigator.clipboard.writeText(text).then(() => this.say(`${what} copied`), () => this.say('The browser did not allow copying'));
  };

  protected override render() {
    const {overview, view} = this;
    const now = this.now();
    const alerts = overview ? openAlerts(overview.parts.alerts).length : 0;
    const project = overview?.project ?? this.choices?.project ?? view.project;
    const age = overview ? ageOf(overview, {now, lastAnswer: this.lastAnswer, behindSince: this.behindSince, live: endsNow(view)}) : null;
    return html`
      <a class="skip" href="#main">Skip to content</a>
      <div class="frame">
        ${sideNav(view, alerts, this.menuOpen, !(overview && calls(overview) === 0 && neverUsed(overview, view)))}
        ${topBar({view, project, generated: project === GENERATED, choices: this.choices, resolved: overview, age, menuOpen: this.menuOpen},
          this.go, () => this.requestUpdate(), () => (this.menuOpen = !this.menuOpen))}
        <main class="main" id="main" tabindex="-1">
          ${this.head()}
          ${overview ? this.content(overview, project, now, age?.warning ?? null) : this.waiting()}
        </main>
      </div>
      <div class="toasts" aria-live="polite">
        ${this.trouble && overview ? html`<div class="toast"><span class="bad">${icon('crit')}</span><div class="grow"><p class="strong">${this.trouble.sentence}</p>
          <p class="small q2">The figures are those of the last answer. Trying again.</p></div></div>` : nothing}
        ${this.said ? html`<div class="toast"><span class="good">${icon('check')}</span><p class="strong">${this.said}</p></div>` : nothing}
      </div>
      ${this.drawer(overview, now)}`;
  }

  private head() {
    const {overview, view} = this;
    return html`<div class="head"><div><h1>LLM platform overview</h1><p>${overview ? summary(overview) : '\u00a0'}</p></div>
      <div class="row acts">
        ${view.model ? html`<button class="btn" type="button" @click=${() => this.go({model: ''})}>Model: ${view.model}${icon('x', true)}<span class="sr">Remove</span></button>` : nothing}
        <button class="btn" type="button" @click=${() => this.copy(location.href, 'Link')}>${icon('link', true)}Copy link</button>
        <button class="btn" type="button" ?disabled=${!overview} @click=${() => overview && exportCsv(overview)}>${icon('down', true)}Export CSV</button>
      </div></div>`;
  }

  private waiting() {
    if (!this.trouble) return skeletonPage();
    return html`<div class="note bad" role="alert">${icon('crit')}<div class="grow"><span class="strong">${this.trouble.sentence}</span></div>
      ${this.trouble.refused
        ? html`<button class="btn sm" type="button" @click=${() => this.go({from: 'now-24h', to: 'now'})}>Show the last 24 hours</button>`
        : html`<button class="btn sm" type="button" @click=${() => this.feed.again()}>${icon('retry', true)}Try again</button>`}</div>`;
  }

  private content(overview: Overview, project: string, now: Date, warning: string | null) {
    const {view} = this;
    const empty = calls(overview) === 0;
    if (empty && neverUsed(overview, view)) return firstCall(project, this.choices, this.copy);
    const {parts} = overview;
    const context = {
      view, kept: this.kept, standIns: this.standIns, again: () => this.feed.again(),
      standIn: (names: string[]) => {
        names.forEach(name => this.standIns.add(name));
        this.requestUpdate();
      },
    };
    const filled = this.kept.filledIn(overview, this.standIns).parts;
    const summaryOfCost = costSummary(filled.cost_summary);
    return html`
      ${alertStrip(parts.alerts, view, now, [...(warning ? [behind(warning)] : []), ...(empty ? [nothingHere(overview, view, this.go)] : [])])}
      <div class="cols" id="figures">${COLUMNS.map(column => kpiColumn(column, overview, context))}</div>
      ${summaryOfCost
        ? dailyCost({summary: summaryOfCost, asTable: this.asTable, toggle: () => (this.asTable = !this.asTable)})
        : html`<section class="card block" id="daily-cost" aria-label="Daily cost"><header><h2>Daily cost</h2></header>${failed(parts.cost_summary, ['cost_summary'], context, 'whole')}</section>`}
      <div class="grid g12">
        ${filled.issues.ok ? issues(filled.issues, view)
          : html`<section class="card" id="issues" aria-label="Top issues"><header><h2>Top issues</h2></header>${failed(parts.issues, ['issues'], context, 'whole')}</section>`}
        ${models(filled, view)}
      </div>`;
  }

  private drawer(overview: Overview | null, now: Date) {
    const {view} = this;
    const panel = overview && this.panel(overview, now);
    return html`<assay-drawer .open=${!!panel} .heading=${panel?.heading ?? ''} .dismiss=${() => this.go({kpi: '', show: ''})} .content=${panel?.content ?? ''}></assay-drawer>`;
  }

  /** What the address asks to open. */
  private panel(overview: Overview, now: Date): {heading: string; content: unknown} | null {
    const {view} = this;
    const def = findKpi(view.kpi);
    if (def) return {heading: def.label, content: html`<assay-details .overview=${overview} .view=${view} .def=${def}></assay-details>`};
    if (view.show === 'alerts') return {heading: 'Alerts', content: alertDetails(overview.parts.alerts, now)};
    const [kind, name] = view.show.split(':');
    return kind === 'issue' && name ? {heading: words(name), content: issueDetails(overview.parts.issues, name)} : null;
  }
}

function behind(warning: string) {
  return html`<div class="note warn" role="status">${icon('clock')}<div class="grow"><span class="strong">${warning}</span> What came in later is not counted yet. Alerts judge event time and wait for it.</div></div>`;
}

function summary(overview: Overview): string {
  const from = new Date(overview.from), to = new Date(overview.to);
  const made = calls(overview);
  return `${range(from, to)}, against the ${span(from, to)} before.` + (made === null ? '' : ` ${count(made)} ${made === 1 ? 'call' : 'calls'}.`);
}

customElements.define('assay-overview', AssayOverview);
