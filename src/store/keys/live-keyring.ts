import { KEY_PURPOSES, type DataKey, type Keyring, type KeyPurpose, type PurposeKeys } from '../../access/keyring';

const ORDER = { CURRENT: 0, READY: 1, NEXT: 1, RETIRING: 2, RETIRED: 3 } as const;

/** The keys of a process, replaced as the key table changes. What asks it sees the keys of the moment. */
export class LiveKeyring implements Keyring {
  private readonly held = new Map<KeyPurpose, readonly DataKey[]>();
  private readonly views = new Map<KeyPurpose, PurposeKeys>(
    KEY_PURPOSES.map((purpose) => [purpose, this.viewOf(purpose)]),
  );

  of(purpose: KeyPurpose): PurposeKeys {
    return this.views.get(purpose)!;
  }

  /** A key that was retired meanwhile still opens what this process has read before. */
  replace(purpose: KeyPurpose, keys: readonly DataKey[]): void {
    const before = new Map(this.keys(purpose).map((key) => [key.id, key.material]));
    const kept = keys.map((key) =>
      key.state === 'RETIRED' ? { ...key, material: before.get(key.id) ?? key.material } : key,
    );
    this.held.set(
      purpose,
      kept.sort((a, b) => ORDER[a.state] - ORDER[b.state]),
    );
  }

  private keys(purpose: KeyPurpose): readonly DataKey[] {
    return this.held.get(purpose) ?? [];
  }

  private viewOf(purpose: KeyPurpose): PurposeKeys {
    const keys = () => this.keys(purpose);
    return {
      current() {
        const [first] = keys();
        if (first?.state !== 'CURRENT') throw new Error(`no key is in use for the purpose ${purpose}`);
        return first;
      },
      next: () => keys().find(({ state }) => state === 'NEXT' || state === 'READY'),
      readable: () => keys().filter(({ state }) => state !== 'RETIRED'),
      find: (id) => keys().find((key) => key.id === id),
    };
  }
}
