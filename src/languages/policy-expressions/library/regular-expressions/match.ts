// System.Text.RegularExpressions: Match, Group and Capture.
import {
  compileRegex,
  type RegexCapture,
  type RegexGroup,
  type RegexMatch,
} from '../../../../dotnet/index.ts';
import { required } from '../../running/exceptions.ts';
import { made } from '../../running/text.ts';
import { Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import { captureCollection, groupCollection } from './match-collections.ts';

const space = 'System.Text.RegularExpressions';

export class CaptureValue<T extends RegexCapture = RegexCapture> extends Instance {
  readonly capture: T;

  constructor(type: 'Capture' | 'Group' | 'Match', capture: T) {
    super(named(`${space}.${type}`));
    this.capture = capture;
  }
}

export type MatchValue = CaptureValue<RegexMatch>;

export function matchOf(match: RegexMatch): MatchValue {
  return new CaptureValue('Match', match);
}

const groupOf = (group: RegexGroup) => new CaptureValue('Group', group);
const captureOf = (capture: RegexCapture) => new CaptureValue('Capture', capture);

export const matchTypes = [
  declareType(
    `class ${space}.Capture`,
    {
      'int Index': ({ capture }: CaptureValue) => capture.index,
      'int Length': ({ capture }: CaptureValue) => capture.length,
      'string Value': ({ capture }: CaptureValue) => made(capture.value),
    },
    { text: ({ capture }: CaptureValue) => made(capture.value) },
  ),
  declareType(`class ${space}.Group : Capture`, {
    'bool Success': ({ capture }: CaptureValue<RegexGroup>) => capture.success,
    'string Name': ({ capture }: CaptureValue<RegexGroup>) => capture.name,
    'CaptureCollection Captures': ({ capture }: CaptureValue<RegexGroup>) =>
      captureCollection(capture.captures.map(captureOf)),
  }),
  declareType(`class ${space}.Match : Group`, {
    'GroupCollection Groups': ({ capture }: MatchValue) =>
      groupCollection(capture, (group) => (group.name === '0' ? matchOf(capture) : groupOf(group))),
    'Match NextMatch()': ({ capture }: MatchValue) => matchOf(capture.nextMatch()),
    'string Result(string replacement)': ({ capture }: MatchValue, text: string | null) =>
      made(capture.result(required(text, 'replacement'))),
    'static Match Empty': () => matchOf(compileRegex('(?!)').match('')),
  }),
];
