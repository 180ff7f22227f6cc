import { startCrowd, type Crowd, type CrowdPlace } from './crowd.ts';

/** One crowd in several processes: a process may not open as many sockets as a server holds. */
export function startCrowds(processes: number): Crowd {
  const crowds = Array.from({ length: processes }, (_, group) => startCrowd(group));
  return {
    come: async (place: CrowdPlace, people: number) => {
      await Promise.all(crowds.map((crowd) => crowd.come(place, people / processes)));
    },
    go: async () => void (await Promise.all(crowds.map((crowd) => crowd.go()))),
    end: async () => void (await Promise.all(crowds.map((crowd) => crowd.end()))),
  };
}
