// BasicAuthCredentials, read from the text of a header.
import { Buffer } from 'node:buffer';
import { fromBase64 } from '../../../../dotnet/index.ts';
import { Instance, type Reference } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';

class BasicValue extends Instance {
  readonly user: string;
  readonly password: string;

  constructor(user: string, password: string) {
    super(named('BasicAuthCredentials'));
    this.user = user;
    this.password = password;
  }
}

/** `Basic` and a user's name and password in base64 (RFC 7617 section 2); null for other texts. */
function basicOf(text: string | null): BasicValue | null {
  const match = /^\s*basic\s+(\S+)\s*$/i.exec(text ?? '');
  const plain = match && decoded(match[1]!);
  const colon = plain?.indexOf(':') ?? -1;
  return plain && colon >= 0 ? new BasicValue(plain.slice(0, colon), plain.slice(colon + 1)) : null;
}

function decoded(text: string): string | undefined {
  try {
    return Buffer.from(fromBase64(text)).toString('utf8');
  } catch {
    return undefined;
  }
}

export const basicAuthCredentialsTypes = [
  declareType('class BasicAuthCredentials', {
    // The documentation and Microsoft's toolkit spell it differently.
    'string UserId': ({ user }: BasicValue) => user,
    'string Username': ({ user }: BasicValue) => user,
    'string Password': ({ password }: BasicValue) => password,
  }),
  declareType('static class BasicAuthExtensions', {
    'static BasicAuthCredentials AsBasic(this string input)': basicOf,
    'static bool TryParseBasic(this string input, out BasicAuthCredentials result)': (
      text: string | null,
      result: Reference,
    ) => {
      result.value = basicOf(text);
      return result.value !== null;
    },
  }),
];
