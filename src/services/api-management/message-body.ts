// A body that is streamed unless somebody reads it.
import { type BodyStream, readBody } from '../../http/index.ts';
import { bufferedBodyBytesMax } from './limits.ts';

export class MessageBody {
  private content: Uint8Array | BodyStream | null;
  private consumed = false;

  constructor(content: Uint8Array | BodyStream | null) {
    this.content = content;
  }

  /** Whether there was a body at all. */
  get present(): boolean {
    return this.content !== null;
  }

  get buffered(): boolean {
    return this.content === null || this.content instanceof Uint8Array;
  }

  /** Reads the stream to its end, so that `bytes` and a resend are possible. Throws BodyTooLargeError. */
  async buffer(): Promise<void> {
    if (this.buffered) return;
    this.content = await readBody(this.content, bufferedBodyBytesMax);
  }

  /**
   * The bytes of a buffered body; undefined where there is none or it was consumed. Without
   * `preserve` it is consumed: what is sent on later is empty.
   */
  bytes(preserve: boolean): Uint8Array | undefined {
    if (this.consumed || !(this.content instanceof Uint8Array)) return undefined;
    if (!preserve) this.consumed = true;
    return this.content;
  }

  /** What is sent on. A stream can be taken once. */
  take(): Uint8Array | BodyStream | null {
    if (this.consumed) return this.content === null ? null : new Uint8Array(0);
    if (!this.buffered) this.consumed = true;
    return this.content;
  }

  /** Lets a stream nobody will read end its connection. */
  discard(): void {
    if (this.buffered || this.consumed) return;
    this.consumed = true;
    const iterator = (this.content as BodyStream)[Symbol.asyncIterator]();
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }

  replace(bytes: Uint8Array | null): void {
    this.discard();
    this.content = bytes;
    this.consumed = false;
  }
}
