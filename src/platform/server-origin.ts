/** Origin of the server for the mini-program, set at build (`SERVER_ORIGIN`); H5 pages talk to where they came from. */
declare const BUILD_SERVER_ORIGIN: string;

export const SERVER_ORIGIN: string = BUILD_SERVER_ORIGIN;
