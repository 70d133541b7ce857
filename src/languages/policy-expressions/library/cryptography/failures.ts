// What System.Security.Cryptography throws, and the guard that turns OpenSSL's complaints into it.
import { fault, type Thrown } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';

export const space = 'System.Security.Cryptography';

export function cryptographic(message: string): Thrown {
  return fault(`${space}.CryptographicException`, message);
}

/** What an object says that was disposed of. */
export function disposed(): Thrown {
  return fault('ObjectDisposedException', 'Cannot access a disposed object.');
}

/** Runs work of the platform; what it complains about becomes a CryptographicException. */
export function guarded<T>(message: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    // OpenSSL's errors carry codes; those of the language and of its bounds do not.
    if (error instanceof Error && 'code' in error) throw cryptographic(message);
    throw error;
  }
}

/** Counts the bytes a digest or cipher walks over. */
export function chargeBytes(count: number): void {
  charge(1 + (count >> 6));
}
