/** From `/`, a drive letter or `\\server`: anything else XMail would look for where it happens to stand. */
export function isFullPath(program: string): boolean {
  return /^(?:\/|[A-Za-z]:[\\/]|\\\\)./.test(program);
}
