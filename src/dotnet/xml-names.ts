// XmlConvert's encoding of names: characters that XML names cannot hold become _xHHHH_.

const startCharacter = /[\p{L}_\u2160-\u2188\u3007\u3021-\u3029]/u;
const nameCharacter = /[\p{L}\p{Nd}\p{M}_.\-\u00b7]/u;

/** XmlConvert.EncodeLocalName: a colon is encoded too. */
export function encodeXmlLocalName(name: string): string {
  return encode(name, false);
}

/** XmlConvert.EncodeName: colons stay. */
export function encodeXmlName(name: string): string {
  return encode(name, true);
}

function encode(name: string, colons: boolean): string {
  let text = '';
  let first = true;
  const characters = Array.from(name);
  characters.forEach((character, i) => {
    const point = character.codePointAt(0)!;
    const valid = first ? startCharacter.test(character) : nameCharacter.test(character);
    // An underscore that would read as an escape is itself escaped.
    const escapes =
      character === '_' &&
      /^x[0-9a-fA-F]{4}(?:[0-9a-fA-F]{4})?_/.test(characters.slice(i + 1, i + 11).join(''));
    if ((valid && !escapes && point < 0x10000) || (colons && character === ':')) text += character;
    else
      text += `_x${point
        .toString(16)
        .toUpperCase()
        .padStart(point > 0xffff ? 8 : 4, '0')}_`;
    first = false;
  });
  return text;
}

/** XmlConvert.DecodeName. */
export function decodeXmlName(name: string): string {
  if (!name.includes('_x')) return name;
  return name.replace(/_x([0-9a-fA-F]{8}|[0-9a-fA-F]{4})_/g, (whole, digits: string) => {
    const point = Number.parseInt(digits, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
