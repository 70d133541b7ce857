// data: URIs and media types, with the service's leniences and refusals.
import { fromBase64, textEncoding, urlDecode } from '../../dotnet/index.ts';
import { ExpressionEvaluationError, failFunction, usageLink } from './errors.ts';
import { type Envelope, envelopeOf } from './stringify.ts';

interface DataUri {
  readonly mediaType: string;
  /** Between the media type and a last `base64`. */
  readonly parameters: readonly string[];
  readonly base64: boolean;
  /** Media type and parameters as written; `text/plain` where nothing was. */
  readonly contentType: string;
  readonly data: string;
}

function parseDataUri(name: string, text: string): DataUri {
  const comma = text.indexOf(',');
  if (!/^data:/i.test(text) || comma < 0) {
    return failFunction(
      name,
      `was invoked with a parameter that is not valid. The value '${text.slice(0, 100)}' is not a data URI of the form 'data:[<media type>][;base64],<data>'.`,
    );
  }
  const parts = text.slice('data:'.length, comma).split(';');
  const base64 = parts.at(-1)?.toLowerCase() === 'base64';
  if (base64) parts.pop();
  const [mediaType = '', ...parameters] = parts;
  return {
    mediaType,
    parameters,
    base64,
    contentType: parts.join(';') || 'text/plain',
    data: text.slice(comma + 1),
  };
}

function charsetOf(parameter: string): string | undefined {
  return /^\s*charset\s*=(.*)$/i.exec(parameter)?.[1]?.trim();
}

function invalid(name: string, what: string): never {
  return failFunction(name, `was invoked with a parameter that is not valid. ${what}`);
}

/** dataUriToBinary: base64 text is kept as given; other data is form-decoded. */
export function dataUriToBinary(name: string, text: string): Envelope {
  const uri = parseDataUri(name, text);
  for (const parameter of uri.parameters) {
    if (parameter.split('=').length > 2) {
      invalid(
        name,
        `The parameter '${parameter}' of the media type is not of the form 'name=value'.`,
      );
    }
    const charset = charsetOf(parameter);
    if (charset !== undefined) checkCharset(name, charset);
  }
  if (!uri.base64) return envelopeOf(uri.contentType, urlDecode(uri.data));
  decodeBase64(name, uri.data);
  return { '$content-type': uri.contentType, $content: uri.data };
}

/** dataUriToString: parameters in front of a `base64` are read; the charset must be UTF-8. */
export function dataUriToString(name: string, text: string): string {
  const uri = parseDataUri(name, text);
  for (const parameter of uri.parameters) {
    if (/^\s*base64\s*$/i.test(parameter)) break;
    if (!parameter.includes('=')) {
      invalid(
        name,
        `The parameter '${parameter}' of the media type is not of the form 'name=value'.`,
      );
    }
    const charset = charsetOf(parameter);
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
      invalid(name, `The charset '${charset}' is not supported; 'utf-8' is.`);
    }
  }
  return uri.base64 ? decodeBase64(name, uri.data).toString('utf8') : urlDecode(uri.data);
}

function checkCharset(name: string, charset: string): void {
  try {
    textEncoding(charset);
  } catch {
    invalid(name, `'${charset}' is not a supported encoding name.`);
  }
}

/** Convert.FromBase64String with the service's words for a failure. */
export function decodeBase64(name: string, text: string): Buffer {
  try {
    return Buffer.from(fromBase64(text));
  } catch {
    throw new ExpressionEvaluationError(
      `The template language function '${name}' was invoked with a parameter that is not valid. The value '${text.slice(0, 200)}' cannot be decoded from base64 representation. ${usageLink(name)}`,
    );
  }
}
