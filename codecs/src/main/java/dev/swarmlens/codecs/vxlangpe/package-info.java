/** Generic Protocol Extension for VXLAN, draft-ietf-nvo3-vxlan-gpe. */
package dev.swarmlens.codecs.vxlangpe;
