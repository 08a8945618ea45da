/**
 * The part of the Node-RED editor's global `RED` (4.1 and 5) that the forms use; there is no official
 * typing of it. Forms are typed by `registerNode` in nodes/shared, this file only says what is there.
 */

/** A node as the editor holds it: its saved properties beside the editor's own. */
interface EditorNode {
  readonly id: string;
  readonly type: string;
  readonly _def: EditorDefinition;
  /** The node behind the editor's proxy. */
  readonly __node__?: EditorNode;
  name?: string;
  outputs?: number;
  credentials?: Record<string, string | boolean | undefined>;
  changed?: boolean;
  [property: string]: unknown;
}

/** `true`, or why the value is wrong; the editor takes a text only from a function of two parameters. */
type EditorValidator = (
  this: EditorNode,
  value: unknown,
  options: { readonly label?: string },
) => true | string;

interface EditorDefaults {
  readonly [property: string]: {
    readonly value: unknown;
    /** The type of the config node that the property names. */
    readonly type?: string;
    readonly required?: boolean;
    /** What the control is called in the list of what is wrong. */
    readonly label?: string;
    readonly validate?: EditorValidator;
  };
}

interface EditorDefinition {
  readonly category: string;
  readonly defaults: EditorDefaults;
  readonly credentials?: Record<
    string,
    { readonly type: 'text' | 'password'; readonly validate?: EditorValidator }
  >;
  readonly color?: string;
  readonly icon?: string;
  readonly align?: 'left' | 'right';
  readonly inputs?: number;
  readonly outputs?: number;
  readonly inputLabels?: string;
  readonly outputLabels?: (this: EditorNode, port: number) => string;
  readonly paletteLabel?: string;
  /** false: of use, though no other node names it. */
  readonly hasUsers?: boolean;
  readonly label?: (this: EditorNode) => string;
  readonly labelStyle?: (this: EditorNode) => string;
  readonly onadd?: (this: EditorNode) => void;
  readonly oneditprepare?: (this: EditorNode) => void;
  readonly oneditsave?: (this: EditorNode) => void;
  readonly oneditcancel?: (this: EditorNode) => void;
  readonly oneditdelete?: (this: EditorNode) => void;
  readonly oneditresize?: (this: EditorNode) => void;
}

/** Monaco, or Ace where the operator has chosen it: what only one of them has may be missing. */
interface EditorCodeEditor {
  getValue(): string;
  /** `cursor`: 1 puts it at the end. */
  setValue(text: string, cursor: 1): void;
  focus(): void;
  destroy(): void;
  on(event: 'change', listener: () => void): void;
  /** Ace */
  insert?(text: string): void;
  /** Monaco */
  getSelection?(): unknown;
  executeEdits?(
    source: string,
    edits: readonly { readonly range: unknown; text: string; forceMoveMarkers: true }[],
  ): void;
  getModel?(): EditorCodeModel;
}

interface EditorCodeModel {
  getLineContent(lineNumber: number): string;
}

/** The part of Monaco that offers words while typing. */
// oxlint-disable-next-line no-var -- only a `var` is a property of globalThis
declare var monaco:
  | {
      readonly languages: {
        readonly CompletionItemKind: { readonly Variable: number };
        registerCompletionItemProvider(
          language: 'html',
          provider: {
            readonly triggerCharacters: readonly string[];
            provideCompletionItems(
              model: EditorCodeModel,
              position: { readonly lineNumber: number; readonly column: number },
            ): { readonly suggestions: readonly object[] };
          },
        ): { dispose(): void };
      };
    }
  | undefined;

declare const RED: {
  /** A text of the catalogue, `__name__` filled in; the key itself when there is none. */
  _(key: string, values?: Readonly<Record<string, string | number>>): string;
  readonly settings: {
    readonly httpNodeRoot?: string | false;
    get(key: 'auth-tokens'): { readonly access_token?: string } | null | undefined;
    readonly [name: string]: unknown;
  };
  readonly nodes: {
    registerType(type: string, definition: EditorDefinition): void;
    /** A new id. */
    id(): string;
    getType(type: string): EditorDefinition | null | undefined;
    add(node: EditorNode): void;
    node(id: string): EditorNode | null;
    eachNode(visit: (node: EditorNode) => boolean | void): void;
    eachConfig(visit: (node: EditorNode) => boolean | void): void;
    /** The wires that end at a node. */
    filterLinks(filter: {
      readonly target: EditorNode;
    }): readonly { readonly source: EditorNode }[];
    dirty(state: boolean): void;
    dirty(): boolean;
  };
  /** What Undo takes back. */
  readonly history: {
    push(event: {
      readonly t: 'add';
      readonly nodes: readonly string[];
      readonly dirty: boolean;
    }): void;
  };
  readonly editor: {
    createEditor(options: {
      readonly id: string;
      readonly mode: 'ace/mode/html' | 'ace/mode/json';
      readonly value: string;
      readonly minimap: { readonly enabled: boolean };
    }): EditorCodeEditor;
    /** The nodes whose forms are open, the one on top last. */
    getEditStack(): readonly EditorNode[];
    validateNode(node: EditorNode): boolean;
  };
  readonly view: {
    redraw(): void;
    /** Scrolls to a node and has it blink; of a config node the sidebar's list does. */
    reveal(id: string, highlight: boolean): void;
    selection(): { readonly nodes?: readonly EditorNode[] };
  };
  readonly plugins: {
    registerPlugin(
      id: string,
      definition: { readonly type: string; readonly onadd: () => void },
    ): void;
  };
  readonly sidebar: {
    addTab(options: {
      readonly id: string;
      readonly label: string;
      readonly name: string;
      readonly content: HTMLElement;
      readonly iconClass: string;
      /** Usable while a form is open. */
      readonly enableOnEdit: boolean;
      readonly onchange?: () => void;
    }): void;
    show(id: string): void;
  };
  readonly events: {
    on(event: 'nodes:add', listener: (node: EditorNode) => void): void;
    on(event: 'flows:loaded' | 'deploy' | 'view:selection-changed', listener: () => void): void;
  };
  readonly clipboard: { copyText(text: string, element: JQuery, messageKey?: string): boolean };
};

interface JQuery {
  /** Turns an `<ol>` into the editor's list of rows. */
  editableList(options: {
    readonly addButton: false;
    readonly buttons: readonly {
      readonly label: string;
      readonly icon: string;
      readonly click: () => void;
    }[];
    readonly sortable: boolean;
    readonly removable: false;
    readonly height: 'auto';
    readonly scrollOnAdd: false;
    readonly ariaLabel: string;
    readonly addItem: (row: JQuery, index: number, data: object) => void;
    readonly sortItems: () => void;
  }): this;
  editableList(method: 'addItem', data: object): this;
  editableList(method: 'items'): JQuery;
}

declare module '*.css' {
  const text: string;
  export default text;
}
