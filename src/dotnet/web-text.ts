// Escaping for URIs and HTML: Uri.EscapeDataString, WebUtility.
const utf8 = new TextDecoder('utf-8');

/** Uri.EscapeDataString: everything but RFC 3986's unreserved characters. */
export function escapeDataString(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Uri.EscapeUriString: leaves reserved characters and `%`-free text as they are. */
export function escapeUriString(text: string): string {
  return encodeURI(text.toWellFormed()).replace(/%5B/g, '[').replace(/%5D/g, ']');
}

/** Uri.UnescapeDataString: sequences that are not UTF-8 stay as they stand; never throws. */
export function unescapeDataString(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, decodeRun);
}

/** Decodes what is UTF-8 in a run of escapes and keeps the escapes of the rest. */
function decodeRun(run: string): string {
  const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length === 0) {
      text += run.slice(i * 3, i * 3 + 3);
      i++;
    } else {
      text += utf8.decode(bytes.subarray(i, i + length));
      i += length;
    }
  }
  return text;
}

/** Bytes of the well-formed UTF-8 sequence at `at`; 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) return 0;
  const piece = bytes.subarray(at, at + length);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(piece);
    return length;
  } catch {
    return 0;
  }
}

/** WebUtility.UrlEncode: blanks as `+`; letters, digits and `-_.!*()` stay. */
export function urlEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/%20/g, '+')
    .replace(/['~]/g, (character) => (character === "'" ? '%27' : '%7E'));
}

/** WebUtility.UrlDecode: `+` as a blank; wrong UTF-8 becomes U+FFFD, a wrong escape stays. */
export function urlDecode(text: string): string {
  if (!/[%+]/.test(text)) return text;
  return text
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
      utf8Text(Buffer.from(run.replaceAll('%', ''), 'hex')),
    );
}

function utf8Text(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** WebUtility.HtmlEncode: `<>&"'` and U+00A0 to U+00FF; supplementary characters by number. */
export function htmlEncode(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '<': '&lt;',
    '>': '&gt;',
    '&': '&amp;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text
    .toWellFormed()
    .replace(/[<>&"'\u00a0-\u00ff]|[\u{10000}-\u{10ffff}]/gu, (character) => {
      return named[character] ?? `&#${character.codePointAt(0)};`;
    });
}

const entities: Readonly<Record<string, string>> = {
  ...{ quot: '"', amp: '&', apos: "'", lt: '<', gt: '>', nbsp: '\u00a0', iexcl: '¡', cent: '¢' },
  ...{ pound: '£', curren: '¤', yen: '¥', brvbar: '¦', sect: '§', uml: '¨', copy: '©', ordf: 'ª' },
  ...{ laquo: '«', not: '¬', shy: '\u00ad', reg: '®', macr: '¯', deg: '°', plusmn: '±', sup2: '²' },
  ...{
    sup3: '³',
    acute: '´',
    micro: 'µ',
    para: '¶',
    middot: '·',
    cedil: '¸',
    sup1: '¹',
    ordm: 'º',
  },
  ...{ raquo: '»', frac14: '¼', frac12: '½', frac34: '¾', iquest: '¿', Agrave: 'À', Aacute: 'Á' },
  ...{ Acirc: 'Â', Atilde: 'Ã', Auml: 'Ä', Aring: 'Å', AElig: 'Æ', Ccedil: 'Ç', Egrave: 'È' },
  ...{ Eacute: 'É', Ecirc: 'Ê', Euml: 'Ë', Igrave: 'Ì', Iacute: 'Í', Icirc: 'Î', Iuml: 'Ï' },
  ...{ ETH: 'Ð', Ntilde: 'Ñ', Ograve: 'Ò', Oacute: 'Ó', Ocirc: 'Ô', Otilde: 'Õ', Ouml: 'Ö' },
  ...{ times: '×', Oslash: 'Ø', Ugrave: 'Ù', Uacute: 'Ú', Ucirc: 'Û', Uuml: 'Ü', Yacute: 'Ý' },
  ...{ THORN: 'Þ', szlig: 'ß', agrave: 'à', aacute: 'á', acirc: 'â', atilde: 'ã', auml: 'ä' },
  ...{ aring: 'å', aelig: 'æ', ccedil: 'ç', egrave: 'è', eacute: 'é', ecirc: 'ê', euml: 'ë' },
  ...{ igrave: 'ì', iacute: 'í', icirc: 'î', iuml: 'ï', eth: 'ð', ntilde: 'ñ', ograve: 'ò' },
  ...{ oacute: 'ó', ocirc: 'ô', otilde: 'õ', ouml: 'ö', divide: '÷', oslash: 'ø', ugrave: 'ù' },
  ...{ uacute: 'ú', ucirc: 'û', uuml: 'ü', yacute: 'ý', thorn: 'þ', yuml: 'ÿ', OElig: 'Œ' },
  ...{ oelig: 'œ', Scaron: 'Š', scaron: 'š', Yuml: 'Ÿ', fnof: 'ƒ', circ: 'ˆ', tilde: '˜' },
  ...{ Alpha: 'Α', Beta: 'Β', Gamma: 'Γ', Delta: 'Δ', Omega: 'Ω', alpha: 'α', beta: 'β' },
  ...{ gamma: 'γ', delta: 'δ', lambda: 'λ', mu: 'μ', pi: 'π', sigma: 'σ', omega: 'ω' },
  ...{ ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”' },
  ...{ bdquo: '„', dagger: '†', Dagger: '‡', bull: '•', hellip: '…', permil: '‰', prime: '′' },
  ...{ lsaquo: '‹', rsaquo: '›', euro: '€', trade: '™', larr: '←', uarr: '↑', rarr: '→' },
  ...{ darr: '↓', harr: '↔', minus: '−', infin: '∞', ne: '≠', le: '≤', ge: '≥', sum: '∑' },
};

/** WebUtility.HtmlDecode: named and numbered entities; what is unknown stays. */
export function htmlDecode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,10})|#[xX]([0-9a-fA-F]{1,8})|(\w{1,32}));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return Object.hasOwn(entities, name) ? entities[name]! : whole;
      const point = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10);
      const valid = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
      return valid ? String.fromCodePoint(point) : whole;
    },
  );
}
