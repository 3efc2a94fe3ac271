/** Is it an address of this computer that no other can reach? IPv6 with or without brackets. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
