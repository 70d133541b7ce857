// System.Xml.XmlReaderSettings.
import type { XmlPullOptions } from '../../../../dotnet/index.ts';
import { Instance } from '../../running/values.ts';
import { declareEnum, declareType, named } from '../../types/registry.ts';

export class ReaderSettingsValue extends Instance {
  ignoreWhitespace = false;
  ignoreComments = false;
  ignoreProcessingInstructions = false;
  checkCharacters = true;
  closeInput = false;
  /** ConformanceLevel: Auto, Fragment, Document. */
  conformanceLevel = 2;
  /** DtdProcessing: Prohibit, Ignore, Parse. */
  dtdProcessing = 0;
  maxCharactersFromEntities = 10_000_000n;
  maxCharactersInDocument = 0n;
  nameTable: unknown = null;
  resolver: unknown = null;

  constructor() {
    super(named('System.Xml.XmlReaderSettings'));
  }

  clone(): ReaderSettingsValue {
    return Object.assign(new ReaderSettingsValue(), this);
  }

  reset(): void {
    Object.assign(this, new ReaderSettingsValue());
  }

  pullOptions(): XmlPullOptions {
    return {
      whitespace: this.ignoreWhitespace ? 'drop' : 'keep',
      doctype: (['refuse', 'ignore', 'parse'] as const)[this.dtdProcessing] ?? 'refuse',
      comments: this.ignoreComments ? 'drop' : 'keep',
      instructions: this.ignoreProcessingInstructions ? 'drop' : 'keep',
      conformance: (['auto', 'fragment', 'document'] as const)[this.conformanceLevel],
    };
  }
}

function property(name: keyof ReaderSettingsValue) {
  return {
    get: (settings: ReaderSettingsValue) => settings[name],
    set: (settings: ReaderSettingsValue, value: unknown) => {
      Object.assign(settings, { [name]: value });
    },
  };
}

export const xmlReaderSettingsTypes = [
  declareEnum('System.Xml.DtdProcessing', { Prohibit: 0, Ignore: 1, Parse: 2 }),
  declareType('abstract class System.Xml.XmlResolver', {}),
  declareType('sealed class System.Xml.XmlReaderSettings', {
    'new()': () => new ReaderSettingsValue(),
    'bool IgnoreWhitespace': property('ignoreWhitespace'),
    'bool IgnoreComments': property('ignoreComments'),
    'bool IgnoreProcessingInstructions': property('ignoreProcessingInstructions'),
    'bool CheckCharacters': property('checkCharacters'),
    'bool CloseInput': property('closeInput'),
    'ConformanceLevel ConformanceLevel': property('conformanceLevel'),
    'DtdProcessing DtdProcessing': property('dtdProcessing'),
    'long MaxCharactersFromEntities': property('maxCharactersFromEntities'),
    'long MaxCharactersInDocument': property('maxCharactersInDocument'),
    'XmlNameTable NameTable': property('nameTable'),
    // Nothing outside the text is ever read, whatever resolver is set.
    'XmlResolver XmlResolver': property('resolver'),
    'void Reset()': (settings: ReaderSettingsValue) => settings.reset(),
    'XmlReaderSettings Clone()': (settings: ReaderSettingsValue) => settings.clone(),
  }),
];
