/** The code editors of a form, to be closed with it whichever way it ends. */
export interface CodeEditors {
  open(id: string, mode: 'html' | 'json', value: string, changed?: () => void): void;
  value(id: string): string;
  close(): void;
}

export function createCodeEditors(): CodeEditors {
  const editors = new Map<string, EditorCodeEditor>();
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
    close() {
      for (const editor of editors.values()) editor.destroy();
      editors.clear();
    },
  };
}
