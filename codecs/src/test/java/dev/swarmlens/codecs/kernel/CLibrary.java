package dev.swarmlens.codecs.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;

/** What no program that is installed everywhere can do. The numbers are Linux's. */
interface CLibrary extends Library {
    int CLONE_NEWNET = 0x4000_0000;

    int AF_INET = 2;
    int SOCK_DGRAM = 2;
    int SIOCETHTOOL = 0x8946;
    int ETHTOOL_STXCSUM = 0x17;
    int IFNAMSIZ = 16;
    /** Bytes of a {@code struct ifreq}. */
    int IFREQ = 40;

    /** unshare(2): gives the calling thread namespaces of its own. */
    int unshare(int flags) throws LastErrorException;

    int socket(int domain, int type, int protocol) throws LastErrorException;

    int ioctl(int file, NativeLong request, Object... argument) throws LastErrorException;

    int close(int file) throws LastErrorException;

    /**
     * Loads it.
     *
     * @throws LinkageError if there is none
     */
    static CLibrary load() {
        return Native.load("c", CLibrary.class);
    }

    /** Does what ethtool(8) would do: has the kernel compute the checksums of what it sends, and not leave them to the device. */
    default void switchChecksumOffloadOff(String device) {
        int socket = socket(AF_INET, SOCK_DGRAM, 0);
        try (Memory off = new Memory(2L * Integer.BYTES);
                Memory request = new Memory(IFREQ)) {
            off.setInt(0, ETHTOOL_STXCSUM);
            off.setInt(Integer.BYTES, 0);
            request.clear();
            request.setString(0, device);
            request.setPointer(IFNAMSIZ, off);
            ioctl(socket, new NativeLong(SIOCETHTOOL), request);
        } finally {
            close(socket);
        }
    }
}
