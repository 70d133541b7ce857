// The predefined entities of XML, where C# is read from raw XML.

/** A character as it stands in the text: itself or an entity of it. */
export interface Delimiter {
  readonly character: string;
  readonly spelling: string;
}

const entity = /&(quot|apos|lt|gt|amp|#39|#34|#x27|#x22);/iy;
const characters = new Map([
  ['quot', '"'],
  ['#34', '"'],
  ['#x22', '"'],
  ['apos', "'"],
  ['#39', "'"],
  ['#x27', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
]);

/** The entity at `offset`, if one stands there. */
export function entityIn(text: string, offset: number, limit: number): Delimiter | undefined {
  if (text[offset] !== '&') return undefined;
  entity.lastIndex = offset;
  const match = entity.exec(text);
  if (!match || entity.lastIndex > limit) return undefined;
  return { character: characters.get(match[1]!.toLowerCase())!, spelling: match[0] };
}
