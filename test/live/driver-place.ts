import { Secret } from "../../src/errors/secret.ts";
import { local } from "../../src/storage/local.ts";
import { sftp } from "../../src/storage/sftp/sftp.ts";
import { smb } from "../../src/storage/smb/smb.ts";
import type { Storage } from "../../src/storage/storage.ts";

/** Where a storage is, as text for another process. */
export type DriverPlace =
  | { readonly kind: "local"; readonly root: string }
  | {
      readonly kind: "smb";
      readonly root: string;
      readonly port: number;
      readonly share: string;
      readonly user: string;
      readonly password: string;
    }
  | {
      readonly kind: "sftp";
      readonly root: string;
      readonly port: number;
      readonly user: string;
      readonly hostKey: string;
      readonly privateKey: string;
    };

export async function openPlace(place: DriverPlace): Promise<Storage> {
  const host = "127.0.0.1";
  switch (place.kind) {
    case "local":
      return local(place.root);
    case "smb":
      return smb({ ...place, host, password: new Secret(place.password) });
    case "sftp":
      return sftp({ ...place, host, privateKey: new Secret(place.privateKey) });
  }
}
