// Documents of LINQ to XML and their declarations.
import { Instance } from '../../../running/values.ts';
import { Container } from './container.ts';
import type { ElementValue } from './element.ts';
import { linq } from './object.ts';

export class DocumentValue extends Container {
  readonly kind = 'document';
  declaration: DeclarationValue | undefined;

  constructor() {
    super('XDocument');
  }

  get root(): ElementValue | null {
    return this.children.find((child): child is ElementValue => child.kind === 'element') ?? null;
  }
}

/** An XDeclaration; no node of the tree. */
export class DeclarationValue extends Instance {
  version: string | undefined;
  encoding: string | undefined;
  standalone: string | undefined;

  constructor(version?: string, encoding?: string, standalone?: string) {
    super(linq('XDeclaration'));
    this.version = version;
    this.encoding = encoding;
    this.standalone = standalone;
  }

  get text(): string {
    const encoding = this.encoding === undefined ? '' : ` encoding="${this.encoding}"`;
    const alone = this.standalone === undefined ? '' : ` standalone="${this.standalone}"`;
    const version = this.version === undefined ? '' : ` version="${this.version}"`;
    return `<?xml${version}${encoding}${alone}?>`;
  }
}
