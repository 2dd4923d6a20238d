/** What goes out to one person: words and the hub's own ids, no name and no citizen number. */
export interface Message {
  /** Of the notice: the channel delivers it once, however often it is handed over. */
  readonly id: string;
  /** Whoever runs the channel knows the address of each. */
  readonly personId: string;
  readonly kind: string;
  readonly body: string;
  readonly resultOn: string;
}

/** A way to reach people: messages of a portal, short messages. The sandbox has a folder. */
export interface Channel {
  /** Done when it is surely delivered; of the same id a second time nothing more happens. Throws where it is not: see {@link causeOf}. */
  deliver(message: Message): Promise<void>;
}

/** Why a channel did not take a message, as a code without a word of whom it is about. */
export class NotDelivered extends Error {
  constructor(readonly code: string) {
    super(`not delivered: ${code}`);
    this.name = 'NotDelivered';
  }
}

/** The code of whatever a channel threw. */
export function causeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'UNKNOWN';
}
