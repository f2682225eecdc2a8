import { YamlProblem } from "./cursor";
import { MapNode, type Properties, ScalarNode, SeqNode } from "./nodes";
import type { Directive, Tag } from "./scan-properties";
import type { Scanner } from "./scanner";
import { STYLES, T } from "./token-queue";
import { type Collection, TreeBuilder } from "./tree-builder";

/** What is expected next. A state that waits for the end of a node stands on the stack. */
const S = {
  seqEntry: 1,
  indentlessEntry: 2,
  mapKey: 3,
  mapValue: 4,
  flowSeqFirst: 5,
  flowSeqEntry: 6,
  flowPairKey: 7,
  flowPairValue: 8,
  flowPairEnd: 9,
  flowMapFirst: 10,
  flowMapKey: 11,
  flowMapValue: 12,
  flowMapLoneValue: 13,
  documentEnd: 14,
} as const;

/**
 * Builds the tree of the first document with the grammar of yaml.v2, which is not quite that of the specification.
 * Nothing here is recursive: a text may nest 10,000 deep.
 */
export class DocumentParser {
  readonly tree = new TreeBuilder();
  #handles = new Map([
    ["!", "!"],
    ["!!", "tag:yaml.org,2002:"],
  ]);
  #states: number[] = [];
  /** Where the anchor or tag read last ends. */
  #end = 0;

  constructor(readonly scanner: Scanner) {}

  /** Reads up to the end of the first document. @throws YamlProblem */
  parse(): void {
    const { scanner } = this;
    let kind = scanner.peek();
    if (kind === T.streamEnd) return;
    this.#states.push(S.documentEnd);
    if (kind === T.directive || kind === T.documentStart) {
      this.#directives();
      kind = scanner.peek();
      if (kind !== T.documentStart) this.#fail("did not find expected <document start>");
      scanner.shift();
      kind = scanner.peek();
      const bare = kind === T.directive || kind === T.documentStart || kind === T.documentEnd;
      if (bare || kind === T.streamEnd) this.tree.empty(scanner.start());
      else this.#node(true, false);
    } else {
      this.#node(true, false);
    }
    this.#run();
    scanner.peek();
  }

  #run(): void {
    for (;;) {
      switch (this.#states.pop()) {
        case S.seqEntry:
          this.#seqEntry();
          break;
        case S.indentlessEntry:
          this.#indentlessEntry();
          break;
        case S.mapKey:
          this.#mapKey();
          break;
        case S.mapValue:
          this.#mapValue();
          break;
        case S.flowSeqFirst:
          this.#flowSeqEntry(true);
          break;
        case S.flowSeqEntry:
          this.#flowSeqEntry(false);
          break;
        case S.flowPairKey:
          this.#flowPairKey();
          break;
        case S.flowPairValue:
          this.#flowPairValue();
          break;
        case S.flowPairEnd:
          this.tree.close(-1);
          this.#states.push(S.flowSeqEntry);
          break;
        case S.flowMapFirst:
          this.#flowMapKey(true);
          break;
        case S.flowMapKey:
          this.#flowMapKey(false);
          break;
        case S.flowMapValue:
          this.#flowMapValue();
          break;
        case S.flowMapLoneValue:
          this.#states.push(S.flowMapKey);
          this.scanner.peek();
          this.tree.empty(this.scanner.start());
          break;
        default:
          return;
      }
    }
  }

  #fail(reason: string): never {
    throw new YamlProblem(reason, this.scanner.start(), this.scanner.tokenLine());
  }

  #directives(): void {
    const { scanner } = this;
    const handles = new Map<string, string>();
    let version = false;
    while (scanner.peek() === T.directive) {
      const directive = scanner.payload() as Directive;
      if (directive.kind === "version") {
        if (version) this.#fail("found duplicate %YAML directive");
        if (directive.major !== 1 || directive.minor !== 1) this.#fail("found incompatible YAML document");
        version = true;
      } else {
        if (handles.has(directive.handle)) this.#fail("found duplicate %TAG directive");
        handles.set(directive.handle, directive.prefix);
      }
      scanner.shift();
    }
    this.#handles = new Map([...this.#handles, ...handles]);
  }

  #open(node: Collection, state: number): void {
    this.tree.open(node);
    this.#states.push(state);
  }

  #node(block: boolean, indentless: boolean): void {
    const { scanner } = this;
    let kind = scanner.peek();
    if (kind === T.alias) {
      this.#alias();
      return;
    }
    const properties = kind === T.anchor || kind === T.tag ? this.#properties(kind) : null;
    if (properties) kind = scanner.peek();
    const start = scanner.start();
    if (kind >= T.scalar) {
      const style = STYLES[kind - T.scalar] as (typeof STYLES)[number];
      const node = new ScalarNode(style, start, scanner.end(), scanner.payload() as string, properties);
      this.tree.attach(node);
      scanner.shift();
    } else if (indentless && kind === T.entry) {
      this.#open(new SeqNode(false, start, properties), S.indentlessEntry);
    } else if (kind === T.flowSeqStart) {
      this.#open(new SeqNode(true, start, properties), S.flowSeqFirst);
      scanner.shift();
    } else if (kind === T.flowMapStart) {
      this.#open(new MapNode(true, start, properties), S.flowMapFirst);
      scanner.shift();
    } else if (block && kind === T.blockSeqStart) {
      this.#open(new SeqNode(false, start, properties), S.seqEntry);
      scanner.shift();
    } else if (block && kind === T.blockMapStart) {
      this.#open(new MapNode(false, start, properties), S.mapKey);
      scanner.shift();
    } else if (properties) {
      const node = new ScalarNode("plain", this.#end, this.#end, "", properties);
      this.tree.attach(node);
    } else {
      this.#fail("did not find expected node content");
    }
  }

  #alias(): void {
    const { scanner } = this;
    const name = scanner.payload() as string;
    const start = scanner.start();
    if (!this.tree.alias(name, start, scanner.end()))
      throw new YamlProblem(`unknown anchor '${name}' referenced`, start, 0);
    scanner.shift();
  }

  #properties(first: number): Properties {
    const { scanner } = this;
    const properties: Properties = { start: scanner.start(), anchor: null, tag: null };
    let written: Tag | null = null;
    let tagLine = 0;
    let tagStart = 0;
    for (let kind = first; ; kind = scanner.peek()) {
      if (kind === T.anchor && properties.anchor === null) {
        properties.anchor = scanner.payload() as string;
      } else if (kind === T.tag && written === null) {
        written = scanner.payload() as Tag;
        tagLine = scanner.tokenLine();
        tagStart = scanner.start();
      } else break;
      this.#end = scanner.end();
      scanner.shift();
    }
    if (written === null) return properties;
    const { handle, suffix } = written;
    const prefix = handle === "" ? "" : this.#handles.get(handle);
    if (prefix === undefined) throw new YamlProblem("found undefined tag handle", tagStart, tagLine);
    properties.tag = prefix + suffix;
    return properties;
  }

  #seqEntry(): void {
    const { scanner } = this;
    const kind = scanner.peek();
    if (kind === T.entry) this.#entry(S.seqEntry, false);
    else if (kind === T.blockEnd) {
      scanner.shift();
      this.tree.close(-1);
    } else this.#fail("did not find expected '-' indicator");
  }

  #indentlessEntry(): void {
    if (this.scanner.peek() === T.entry) this.#entry(S.indentlessEntry, true);
    else this.tree.close(-1);
  }

  #entry(state: number, indentless: boolean): void {
    const { scanner } = this;
    this.tree.dash(scanner.start());
    const end = scanner.end();
    scanner.shift();
    const kind = scanner.peek();
    this.#states.push(state);
    const bare = kind === T.entry || kind === T.blockEnd || (indentless && (kind === T.key || kind === T.value));
    if (bare) this.tree.empty(end);
    else this.#node(true, false);
  }

  #mapKey(): void {
    const { scanner } = this;
    const kind = scanner.peek();
    if (kind === T.key) {
      const end = scanner.end();
      scanner.shift();
      this.#states.push(S.mapValue);
      this.#blockNodeOrEmpty(end);
    } else if (kind === T.blockEnd) {
      scanner.shift();
      this.tree.close(-1);
    } else this.#fail("did not find expected key");
  }

  #mapValue(): void {
    const { scanner } = this;
    this.#states.push(S.mapKey);
    if (scanner.peek() !== T.value) {
      this.tree.empty(scanner.start());
      return;
    }
    const end = this.#colon();
    this.#blockNodeOrEmpty(end);
  }

  /** Takes the colon; answers where it ends. */
  #colon(): number {
    const { scanner } = this;
    this.tree.colon(scanner.start());
    const end = scanner.end();
    scanner.shift();
    return end;
  }

  #blockNodeOrEmpty(end: number): void {
    const kind = this.scanner.peek();
    if (kind === T.key || kind === T.value || kind === T.blockEnd) this.tree.empty(end);
    else this.#node(true, true);
  }

  #flowSeqEntry(first: boolean): void {
    const { scanner } = this;
    let kind = scanner.peek();
    if (kind !== T.flowSeqEnd) {
      if (!first) {
        if (kind !== T.flowEntry) this.#fail("did not find expected ',' or ']'");
        scanner.shift();
        kind = scanner.peek();
      }
      if (kind === T.key) {
        this.#open(new MapNode(true, scanner.start(), null), S.flowPairKey);
        scanner.shift();
        return;
      }
      if (kind !== T.flowSeqEnd) {
        this.#states.push(S.flowSeqEntry);
        this.#node(false, false);
        return;
      }
    }
    const end = scanner.end();
    scanner.shift();
    this.tree.close(end);
  }

  #flowPairKey(): void {
    const { scanner } = this;
    this.#states.push(S.flowPairValue);
    const kind = scanner.peek();
    if (kind !== T.value && kind !== T.flowEntry && kind !== T.flowSeqEnd) {
      this.#node(false, false);
      return;
    }
    const end = scanner.end();
    // As upstream: what stands there instead of a key is skipped.
    scanner.shift();
    this.tree.empty(end);
  }

  #flowPairValue(): void {
    const { scanner } = this;
    this.#states.push(S.flowPairEnd);
    if (scanner.peek() === T.value) {
      this.#colon();
      const kind = scanner.peek();
      if (kind !== T.flowEntry && kind !== T.flowSeqEnd) {
        this.#node(false, false);
        return;
      }
    }
    this.tree.empty(scanner.start());
  }

  #flowMapKey(first: boolean): void {
    const { scanner } = this;
    let kind = scanner.peek();
    if (kind !== T.flowMapEnd) {
      if (!first) {
        if (kind !== T.flowEntry) this.#fail("did not find expected ',' or '}'");
        scanner.shift();
        kind = scanner.peek();
      }
      if (kind === T.key) {
        scanner.shift();
        kind = scanner.peek();
        this.#states.push(S.flowMapValue);
        if (kind !== T.value && kind !== T.flowEntry && kind !== T.flowMapEnd) {
          this.#node(false, false);
          return;
        }
        this.tree.empty(scanner.start());
        return;
      }
      if (kind !== T.flowMapEnd) {
        this.#states.push(S.flowMapLoneValue);
        this.#node(false, false);
        return;
      }
    }
    const end = scanner.end();
    scanner.shift();
    this.tree.close(end);
  }

  #flowMapValue(): void {
    const { scanner } = this;
    this.#states.push(S.flowMapKey);
    if (scanner.peek() === T.value) {
      this.#colon();
      const kind = scanner.peek();
      if (kind !== T.flowEntry && kind !== T.flowMapEnd) {
        this.#node(false, false);
        return;
      }
    }
    this.tree.empty(scanner.start());
  }
}
