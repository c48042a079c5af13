export default definePageConfig({ usingWindowScroll: true });
