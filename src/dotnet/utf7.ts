// UTF-7 (RFC 2152): runs of other characters as base64 of their UTF-16 units.

const direct = /[\t\n\r '()\-.,/0-9:?A-Za-z]/;
const inAlphabet = /[A-Za-z0-9+/]/;

export function toUtf7(text: string): Uint8Array {
  let out = '';
  for (let at = 0; at < text.length; ) {
    const character = text[at]!;
    if (direct.test(character)) {
      out += character;
      at += 1;
    } else if (character === '+') {
      out += '+-';
      at += 1;
    } else {
      let end = at + 1;
      while (end < text.length && !direct.test(text[end]!)) end += 1;
      const units = Buffer.from(text.slice(at, end), 'utf16le').swap16();
      out += `+${units.toString('base64').replace(/=+$/, '')}`;
      if (end === text.length || inAlphabet.test(text[end]!) || text[end] === '-') out += '-';
      at = end;
    }
  }
  return Uint8Array.from(Buffer.from(out, 'latin1'));
}

export function fromUtf7(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return text.replace(/\+([A-Za-z0-9+/]*)(-?)/g, (_, run: string, end: string) => {
    if (run === '') return end === '' ? '' : '+';
    const units = Buffer.from(run, 'base64');
    return units
      .subarray(0, units.length & ~1)
      .swap16()
      .toString('utf16le');
  });
}
