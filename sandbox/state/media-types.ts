export const MEDIA_TYPES = ['image', 'voice', 'video', 'file'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** What is kept of an uploaded file: all but its bytes. */
export type Media = {
  mediaId: string;
  /** The corp it was uploaded for, or the provider; nobody else has it. */
  ownerId: string;
  type: MediaType;
  fileName: string;
  size: number;
  createdAtMs: number;
};
