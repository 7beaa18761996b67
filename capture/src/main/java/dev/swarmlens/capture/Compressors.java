package dev.swarmlens.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.xxhash.XXHashFactory;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;

/**
 * The streams of the compression libraries. A class of its own, so that who reads plain captures loads none of them: zstd's is
 * a native library.
 */
final class Compressors {
    private static final int BUFFER = 64 * 1024;
    /** What unpacking xz may take at most: {@code xz -9} needs 65 MiB. Zstd's library has the same bound of its own. */
    private static final int MAX_XZ_KIB = 128 * 1024;

    private static final long UNKNOWN_SIZE = -1;

    private Compressors() {}

    /** Unpacks all members or frames that follow one another. */
    static InputStream decompress(Compression compression, InputStream in) throws IOException {
        return switch (compression) {
            case NONE -> in;
            case GZIP -> new GzipInput(in);
            case ZSTD -> new ZstdCompressorInputStream(in);
            // it reads byte by byte
            case LZ4 -> new FramedLZ4CompressorInputStream(new BufferedInputStream(in, BUFFER), true);
            case XZ ->
                XZCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .setMemoryLimitKiB(MAX_XZ_KIB)
                        .get();
            case BZIP2 -> new Octetwise(new BZip2CompressorInputStream(in, true));
        };
    }

    static OutputStream compress(Compression compression, OutputStream out) throws IOException {
        return switch (compression) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out, BUFFER, true);
            case ZSTD ->
                ZstdCompressorOutputStream.builder()
                        .setOutputStream(out)
                        .setChecksum(true)
                        .get();
            case LZ4 -> lz4(out);
            case XZ -> new XZCompressorOutputStream(out);
            case BZIP2 -> new BZip2CompressorOutputStream(out);
        };
    }

    /** Commons Compress needs a minute for 16 MiB. */
    private static OutputStream lz4(OutputStream out) throws IOException {
        return new LZ4FrameOutputStream(
                out,
                LZ4FrameOutputStream.BLOCKSIZE.SIZE_256KB,
                UNKNOWN_SIZE,
                LZ4Factory.safeInstance().fastCompressor(),
                XXHashFactory.safeInstance().hash32(),
                LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE,
                LZ4FrameOutputStream.FLG.Bits.CONTENT_CHECKSUM);
    }
}
