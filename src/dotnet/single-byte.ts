// Encodings of one byte for a character.

const tables = new Map<string, ReadonlyMap<string, number>>();

/** What the bytes of a code page stand for; its names are those of the Encoding standard. */
export function fromSingleByte(bytes: Uint8Array, name: string): string {
  return new TextDecoder(name).decode(bytes);
}

function tableOf(name: string): ReadonlyMap<string, number> {
  let table = tables.get(name);
  if (!table) {
    const all = fromSingleByte(
      Uint8Array.from({ length: 256 }, (_, byte) => byte),
      name,
    );
    table = new Map([...all].map((character, byte) => [character, byte]));
    tables.set(name, table);
  }
  return table;
}

/** Bytes of a text: by the table of a code page, or of the characters up to a code; else `?`. */
export function toSingleByte(text: string, table: string | number): Uint8Array {
  const bytes = new Uint8Array(text.length);
  const byteOf =
    typeof table === 'number'
      ? (index: number) => (text.charCodeAt(index) <= table ? text.charCodeAt(index) : undefined)
      : (index: number) => tableOf(table).get(text[index]!);
  // A pair of surrogates gives two replacements.
  for (let index = 0; index < text.length; index += 1) bytes[index] = byteOf(index) ?? 0x3f;
  return bytes;
}
