// Keeps the page's figures fresh while it is seen, without ever asking again before the last answer is in.

import {readOverview, Refused} from '../data/client';
import type {Overview} from '../data/types';

const LIVE_MS = 2_000;
const PAST_MS = 30_000;

export interface FeedListener {
  onOverview(overview: Overview): void;
  onFailure(sentence: string, refused: boolean): void;
}

/**
 * Asks every two seconds while the range ends now: a call that was just sent must show within five. The pause is at
 * least as long as the last answer took, so that a slow installation is not made slower by being watched.
 */
export class Feed {
  private query = '';
  private live = true;
  private timer = 0;
  private running: AbortController | null = null;

  constructor(private readonly listener: FeedListener) {
    document.addEventListener('visibilitychange', () => (document.hidden ? this.stop() : this.ask()));
  }

  /** Looks at something else from now on. */
  watch(query: string, live: boolean): void {
    this.query = query;
    this.live = live;
    this.stop();
    void this.ask();
  }

  /** Asks now. */
  again(): void {
    this.stop();
    void this.ask();
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = null;
  }

  private async ask(): Promise<void> {
    if (this.running) return;
    const request = new AbortController();
    this.running = request;
    const started = performance.now();
    let wait = this.live ? LIVE_MS : PAST_MS;
    try {
      const overview = await readOverview(this.query, request.signal);
      if (request.signal.aborted) return;
      this.listener.onOverview(overview);
      wait = Math.max(wait, Math.min(8_000, performance.now() - started));
    } catch (failure) {
      if (request.signal.aborted) return;
      const refused = failure instanceof Refused && failure.status < 500;
      this.listener.onFailure(refused ? failure.message : 'The dashboard does not answer.', refused);
      if (refused) wait = PAST_MS;
    }
    this.running = null;
    clearTimeout(this.timer);
    if (!document.hidden) this.timer = window.setTimeout(() => void this.ask(), wait);
  }
}
