// ICryptoTransform: bytes in, bytes out, block by block.
import { outOfRange } from '../../running/exceptions.ts';
import { bytesOf, bytesValue, Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import { BlockTransform, type CipherSettings } from './block-cipher.ts';
import { type Bytes, given, strictRangeOf } from './bytes.ts';
import { disposed, space } from './failures.ts';

/** What CreateEncryptor and CreateDecryptor give. */
export class TransformValue extends Instance {
  private readonly transform: BlockTransform;
  private isDisposed = false;

  constructor(settings: CipherSettings, encrypts: boolean) {
    super(named(`${space}.ICryptoTransform`));
    this.transform = new BlockTransform(settings, encrypts);
  }

  get block(): number {
    return this.transform.settings.facts.block;
  }

  private get open(): BlockTransform {
    if (this.isDisposed) throw disposed();
    return this.transform;
  }

  update(data: Uint8Array): Uint8Array {
    return this.open.update(data);
  }

  finish(data: Uint8Array): Uint8Array {
    return this.open.finish(data);
  }

  dispose(): void {
    this.isDisposed = true;
    this.transform.reset();
  }
}

const input = { array: 'inputBuffer', offset: 'inputOffset', count: 'inputCount' };

function transformBlock(
  value: TransformValue,
  data: Bytes,
  offset: number,
  count: number,
  output: Bytes,
  outputOffset: number,
): number {
  const part = strictRangeOf(data, offset, count, input);
  if (count === 0 || count % value.block !== 0) throw outOfRange('inputCount');
  const target = given(output, 'outputBuffer');
  if (outputOffset < 0 || outputOffset > target.length) throw outOfRange('outputOffset');
  if (count > target.length - outputOffset) throw outOfRange('outputBuffer');
  const out = value.update(part);
  bytesOf(output!).set(out, outputOffset);
  return out.length;
}

export const cryptoTransformType = declareType(
  `interface ${space}.ICryptoTransform : IDisposable`,
  {
    'int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)':
      transformBlock,
    'byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)': (
      value: TransformValue,
      data: Bytes,
      offset: number,
      count: number,
    ) => bytesValue(Uint8Array.from(value.finish(strictRangeOf(data, offset, count, input)))),
    'int InputBlockSize': ({ block }: TransformValue) => block,
    'int OutputBlockSize': ({ block }: TransformValue) => block,
    'bool CanReuseTransform': () => true,
    'bool CanTransformMultipleBlocks': () => true,
  },
  { dispose: (value: TransformValue) => value.dispose() },
);
