/** One builder at a time: does `work` while this process holds the lock at `path`. */
export function withBuilderLock(path: string, work: () => Promise<void>): Promise<void>;
