import type { Logger } from 'pino';
import { ok, type Result } from '../../shared/result.ts';
import type { BlockRepository } from '../ports/blockRepository.ts';
import type { EventRepository } from '../ports/eventRepository.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';
import type { ReadinessCheck } from '../ports/readinessCheck.ts';
import type { RetentionRepository } from '../ports/retentionRepository.ts';
import type { SettingRepository } from '../ports/settingRepository.ts';
import { databaseBlocks } from './databaseBlocks.ts';
import { databaseEvents } from './databaseEvents.ts';
import { databaseMetPairs } from './databaseMetPairs.ts';
import { databaseReadiness } from './databaseReadiness.ts';
import { databaseRetention } from './databaseRetention.ts';
import { databaseSettings } from './databaseSettings.ts';
import { openDatabase, type DatabasePlace } from './openDatabase.ts';
import { OutageLog } from './outageLog.ts';

/** Everything that outlives this process. */
export interface Storage {
  readonly events: EventRepository;
  readonly metPairs: MetPairRepository;
  readonly blocks: BlockRepository;
  readonly settings: SettingRepository;
  readonly retention: RetentionRepository;
  readonly readiness: ReadinessCheck;
  close(): Promise<void>;
}

/** Opens the database with its tables up to date. The error is a sentence for the operator. */
export async function openStorage(
  place: DatabasePlace,
  log: Logger,
): Promise<Result<Storage, string>> {
  const opened = await openDatabase(place, log);
  if (!opened.ok) return opened;
  const { database, takesWrites, close } = opened.value;
  const outage = new OutageLog(log, 'storing pairs');
  return ok({
    events: databaseEvents(database),
    metPairs: databaseMetPairs(opened.value, outage),
    blocks: databaseBlocks(database, log),
    settings: databaseSettings(database),
    retention: databaseRetention(database),
    readiness: databaseReadiness(database, { takesWrites, outage }),
    close,
  });
}
