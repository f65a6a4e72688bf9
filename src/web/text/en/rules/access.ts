export const accessRules = {
  "ip-range": () => "Write an address like 192.0.2.7, or address/bits like 192.0.2.0/24 or 2001:db8::/32.",
  "ip-address": () => "Write one address, like 192.0.2.7 or 2001:db8::7.",
  "ip-from-to": () =>
    "XMail knows no “from – to”. Write address/bits, once for each part: 192.0.2.10 to 192.0.2.11 is 192.0.2.10/31.",
  "ip-bits": () => "After the slash goes a number: up to 32 for IPv4, up to 128 for IPv6.",
  "ip-mask": () =>
    "Write a mask like 255.255.255.0, or bits like /24. Masks turned round or with holes are not taken.",
  "ip-name": () => "Write the address, not a name: XMail would look it up at every connection.",
  "client-host": () => "Write a host name like mail.example.com.",
  "client-host-dot": () => "Leave out the dot at the beginning: XMail 1.27 finds no client by such a name.",
};
