/** What every browser shows or plays by itself, and what can hold nothing that runs. */
const shown: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/opus': 'opus',
  'audio/wav': 'wav',
  'audio/webm': 'weba',
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'video/webm': 'webm',
};

/**
 * The headers of a file that a customer or the provider named: it is shown only as what it may be, else it
 * is stored; even opened by itself it can run nothing and reach nothing.
 */
export function mediaHeaders(
  mimeType: string,
  fileName: string | undefined,
): Readonly<Record<string, string>> {
  const [type = ''] = mimeType.toLowerCase().split(';');
  const extension = Object.hasOwn(shown, type.trim()) ? shown[type.trim()] : undefined;
  const name = cleanName(fileName ?? (extension === undefined ? 'file' : `file.${extension}`));
  return {
    'Content-Type': extension === undefined ? 'application/octet-stream' : type.trim(),
    'Content-Disposition': `${extension === undefined ? 'attachment' : 'inline'}; ${namesOf(name)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'X-Frame-Options': 'DENY',
  };
}

/** Marks that turn the direction of writing could hide what kind of file it is. */
// oxlint-disable-next-line no-control-regex -- that is what is looked for
const unfit = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]/g;

function cleanName(name: string): string {
  return name.replace(unfit, '_').slice(-120).toWellFormed();
}

/** For programs that know the newer form, and for the others. */
function namesOf(name: string): string {
  const plain = name.replace(/[^\u0020-\u007e]|%/g, '_');
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${whole}`;
}
