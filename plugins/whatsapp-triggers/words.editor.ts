import { sayFor } from '../../nodes/shared/say.editor.ts';
import { piecesOf, type Values } from './pieces.editor.ts';

export const say = sayFor('whatsapp-triggers');

/** A text of the catalogue as nodes: a value keeps its own direction of writing. */
export function phrase(key: string, values: Values = {}): readonly (Node | string)[] {
  return piecesOf(say, key, values).map((piece) => {
    if (typeof piece === 'string') return piece;
    const value = document.createElement('bdi');
    value.textContent = piece.value;
    return value;
  });
}
