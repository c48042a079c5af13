/** On H5 the gate's stylesheet is already inline in the page that the server sends. */
export {};
