import type { Alert } from './model/desk-action.ts';

/** How long a window keeps the others from making the same alert. */
const hold = 3000;

let audio: AudioContext | undefined;

/** A soft sound, and a notification when the agent looks elsewhere: once, however many windows are open. */
export async function alertAgent(alert: Alert, sound: boolean): Promise<void> {
  if (!(await isFirst(alert.id))) return;
  if (alert.sound && sound) await chime();
  if (document.visibilityState === 'visible' && document.hasFocus()) return;
  notify(alert);
}

export function canNotify(): NotificationPermission | 'unsupported' {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission;
}

async function isFirst(id: string): Promise<boolean> {
  // Without a secure context there are no locks, and no notifications either.
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    const held = navigator.locks.request(`alert ${id}`, { ifAvailable: true }, async (lock) => {
      resolve(lock !== null);
      if (lock) await new Promise((release) => setTimeout(release, hold));
    });
    held.catch(() => resolve(true));
  });
}

function notify({ id, title, text }: Alert): void {
  if (canNotify() !== 'granted') return;
  try {
    const note = new Notification(title, { body: text.slice(0, 200), tag: id, silent: true });
    note.onclick = () => {
      window.focus();
      note.close();
    };
  } catch {
    // Some browsers on phones take notifications from service workers only.
  }
}

/** Two quiet notes, made here: nothing is loaded. Before the first click a browser allows no sound. */
async function chime(): Promise<void> {
  if (!navigator.userActivation.hasBeenActive) return;
  audio ??= new AudioContext();
  if (audio.state === 'suspended') await audio.resume();
  note(audio, 659.25, 0);
  note(audio, 880, 0.14);
}

function note(context: AudioContext, frequency: number, after: number): void {
  const start = context.currentTime + after;
  const tone = new OscillatorNode(context, { type: 'sine', frequency });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.linearRampToValueAtTime(0.06, start + 0.02);
  volume.gain.setTargetAtTime(0, start + 0.08, 0.12);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + 0.9);
}
