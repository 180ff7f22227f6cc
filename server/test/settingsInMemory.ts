import type { SettingRepository } from '../ports/settingRepository.ts';

export class SettingsInMemory implements SettingRepository {
  readonly #values: Map<string, string>;

  constructor(values: Iterable<[string, string]> = []) {
    this.#values = new Map(values);
  }

  keep(name: string, make: () => string): Promise<string> {
    return this.change(name, (value) => value ?? make());
  }

  change(name: string, next: (value: string | null) => string): Promise<string> {
    const value = next(this.#values.get(name) ?? null);
    this.#values.set(name, value);
    return Promise.resolve(value);
  }
}
