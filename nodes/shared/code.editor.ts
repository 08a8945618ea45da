/** The code editors of a form, to be closed with it whichever way it ends. */
export interface CodeEditors {
  open(id: string, mode: 'html' | 'json', value: string, changed?: () => void): void;
  value(id: string): string;
  /** Takes the place of all of the text. */
  replace(id: string, text: string): void;
  /** Puts a text where the cursor is, and the cursor behind it. */
  insert(id: string, text: string): void;
  editor(id: string): EditorCodeEditor;
  close(): void;
}

export function createCodeEditors(): CodeEditors {
  const editors = new Map<string, EditorCodeEditor>();
  const editorOf = (id: string): EditorCodeEditor => {
    const editor = editors.get(id);
    if (!editor) throw new Error(`There is no open code editor "${id}".`);
    return editor;
  };
  return {
    open(id, mode, value, changed) {
      const editor = RED.editor.createEditor({
        id,
        mode: `ace/mode/${mode}`,
        value,
        minimap: { enabled: false },
      });
      if (changed) editor.on('change', changed);
      editors.set(id, editor);
    },
    value: (id) => editors.get(id)?.getValue() ?? '',
    replace: (id, text) => editorOf(id).setValue(text, 1),
    insert(id, text) {
      const editor = editorOf(id);
      const range = editor.getSelection?.();
      if (editor.executeEdits)
        editor.executeEdits('variable', [{ range, text, forceMoveMarkers: true }]);
      else editor.insert?.(text);
      editor.focus();
    },
    editor: editorOf,
    close() {
      for (const editor of editors.values()) editor.destroy();
      editors.clear();
    },
  };
}
