/** Stands in for what a build leaves out: Taro's stock component CSS on H5, the H5 JS-SDK in the mini-program. */
export {};
