export interface Rights {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const setIds = 0o6000;
const sticky = 0o1000;
const groupWrite = 0o020;
const otherWrite = 0o002;

/** Why a script file may not be trusted, if so: somebody else could have written what it does. */
export function distrustOfFile(file: Rights, self: Owner): string | undefined {
  if (file.mode & setIds) return 'it has the set-user-id or set-group-id bit';
  return foreignOwner(file, self) ?? foreignWriter(file, self);
}

/** Why a folder on the way to a script may not be trusted, if so: somebody else could swap what is in it. */
export function distrustOfFolder(folder: Rights, self: Owner): string | undefined {
  const foreign = foreignOwner(folder, self);
  if (foreign || folder.mode & sticky) return foreign;
  return foreignWriter(folder, self);
}

function foreignOwner({ uid }: Rights, self: Owner): string | undefined {
  return uid === 0 || uid === self.uid
    ? undefined
    : 'it belongs neither to root nor to the user that runs Node-RED';
}

/** With a umask of 002, usual where every user has a group of their own, files are writable by that group. */
function foreignWriter({ mode, gid }: Rights, self: Owner): string | undefined {
  if (mode & otherWrite) return 'every user may write to it';
  if (mode & groupWrite && gid !== self.gid) return 'another group may write to it';
  return undefined;
}
