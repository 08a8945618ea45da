import { type Say, sayFor } from './say.editor.ts';

/**
 * The words of what several forms have in common: the picker of variables and the previews. They stand
 * once, in the catalogue of trigger-variables.
 */
export const common: Say = sayFor('trigger-variables');
