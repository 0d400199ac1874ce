// Remembers each part's last good answer and since when it fails, so that a failed part can still show what was known.

import type {Overview, Part, Parts} from '../data/types';

interface Kept {
  part: Part<unknown>;
  at: Date;
}

export class KeptParts {
  private readonly good = new Map<string, Kept>();
  private readonly failing = new Map<string, Date>();

  note(overview: Overview): void {
    const at = new Date(overview.served_at);
    for (const [name, part] of Object.entries(overview.parts)) {
      if (part.ok) {
        this.good.set(name, {part, at});
        this.failing.delete(name);
      } else if (!this.failing.has(name)) {
        this.failing.set(name, at);
      }
    }
  }

  forget(): void {
    this.good.clear();
    this.failing.clear();
  }

  failingSince(name: string): Date | undefined {
    return this.failing.get(name);
  }

  lastGoodAt(name: string): Date | undefined {
    return this.good.get(name)?.at;
  }

  /** The overview with the named failed parts replaced by what they last were. */
  filledIn(overview: Overview, names: Iterable<string>): Overview {
    const parts: Record<string, Part<unknown>> = {...overview.parts};
    for (const name of names) {
      const kept = this.good.get(name);
      if (!parts[name]?.ok && kept) parts[name] = kept.part;
    }
    return {...overview, parts: parts as unknown as Parts};
  }
}
