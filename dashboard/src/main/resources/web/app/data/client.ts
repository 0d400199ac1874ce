// Reads the dashboard's API.

import type {Breakdown, Choices, Overview} from './types';

export class Refused extends Error {
  constructor(readonly status: number, detail: string) {
    super(detail);
  }
}

async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {signal, headers: {Accept: 'application/json'}});
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as {detail?: string};
    throw new Refused(response.status, problem.detail ?? `The dashboard answered ${response.status}.`);
  }
  return (await response.json()) as T;
}

export const readOverview = (query: string, signal?: AbortSignal) => read<Overview>(`/api/overview?${query}`, signal);

export const readChoices = (query: string) => read<Choices>(`/api/meta?${query}`);

export const readBreakdown = (family: string, query: string, signal?: AbortSignal) =>
  read<Breakdown>(`/api/kpis/${family}?${query}`, signal);
