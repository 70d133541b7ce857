// System.Xml.XmlWriterSettings.
import { Instance } from '../../running/values.ts';
import { declareEnum, declareType, named } from '../../types/registry.ts';

export interface WriterSettings {
  readonly indent: boolean;
  readonly indentChars: string;
  readonly newLineChars: string;
  /** NewLineHandling: Replace, Entitize, None. */
  readonly newLineHandling: number;
  readonly newLineOnAttributes: boolean;
  readonly omitXmlDeclaration: boolean;
  readonly checkCharacters: boolean;
  /** ConformanceLevel: Auto, Fragment, Document. */
  readonly conformanceLevel: number;
  /** NamespaceHandling: Default, OmitDuplicates. */
  readonly namespaceHandling: number;
}

export class WriterSettingsValue extends Instance implements WriterSettings {
  indent = false;
  indentChars = '  ';
  newLineChars = '\n';
  newLineHandling = 0;
  newLineOnAttributes = false;
  omitXmlDeclaration = false;
  checkCharacters = true;
  conformanceLevel = 2;
  namespaceHandling = 0;
  encoding: unknown = null;
  closeOutput = false;
  writeEndDocumentOnClose = true;

  constructor() {
    super(named('System.Xml.XmlWriterSettings'));
  }

  clone(): WriterSettingsValue {
    return Object.assign(new WriterSettingsValue(), this);
  }

  reset(): void {
    Object.assign(this, new WriterSettingsValue());
  }
}

function property(name: keyof WriterSettingsValue) {
  return {
    get: (settings: WriterSettingsValue) => settings[name],
    set: (settings: WriterSettingsValue, value: unknown) => {
      Object.assign(settings, { [name]: value });
    },
  };
}

export const conformanceLevels = { Auto: 0, Fragment: 1, Document: 2 };

export const xmlWriterSettingsTypes = [
  declareEnum('System.Xml.ConformanceLevel', conformanceLevels),
  declareEnum('System.Xml.NewLineHandling', { Replace: 0, Entitize: 1, None: 2 }),
  declareEnum('System.Xml.NamespaceHandling', { Default: 0, OmitDuplicates: 1 }, true),
  declareType('sealed class System.Xml.XmlWriterSettings', {
    'new()': () => new WriterSettingsValue(),
    'bool Indent': property('indent'),
    'string IndentChars': property('indentChars'),
    'string NewLineChars': property('newLineChars'),
    'NewLineHandling NewLineHandling': property('newLineHandling'),
    'bool NewLineOnAttributes': property('newLineOnAttributes'),
    'bool OmitXmlDeclaration': property('omitXmlDeclaration'),
    'bool CheckCharacters': property('checkCharacters'),
    'ConformanceLevel ConformanceLevel': property('conformanceLevel'),
    'NamespaceHandling NamespaceHandling': property('namespaceHandling'),
    'Encoding Encoding': property('encoding'),
    'bool CloseOutput': property('closeOutput'),
    'bool WriteEndDocumentOnClose': property('writeEndDocumentOnClose'),
    'void Reset()': (settings: WriterSettingsValue) => settings.reset(),
    'XmlWriterSettings Clone()': (settings: WriterSettingsValue) => settings.clone(),
  }),
];
