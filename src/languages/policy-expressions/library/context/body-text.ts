// The text of a body.
import { textEncoding } from '../../../../dotnet/index.ts';
import type { PolicyBody } from '../../context/model.ts';
import { allocate } from '../../running/run.ts';
import type { Instance } from '../../running/values.ts';

export interface BodyValue extends Instance {
  readonly content: PolicyBody;
}

export function textOfBytes(bytes: Uint8Array): string {
  allocate(bytes.length);
  const text = textEncoding('utf-8').getString(bytes);
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
